package io.crois.compile;

import com.fasterxml.jackson.databind.JsonNode;
import io.crois.contract.StepSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Finds the ways on from each state of a machine that the facts leave open. */
final class Ways {
    private final JsonNode states;
    private final Facts facts;
    private final Place place;
    private final StateTallies single;

    Ways(JsonNode states, Facts facts, Place place) {
        this.states = states;
        this.facts = facts;
        this.place = place;
        this.single = new StateTallies(facts, place);
    }

    /** A state, with the variables in which failures are on record: a {@code lastly} asks for them. */
    record Node(String state, Set<String> failures) {}

    /**
     * A way on from a state.
     *
     * @param taken what the state takes
     * @param next where it goes on, or {@code null} where the machine ends
     * @param failed whether the machine ends badly
     */
    record Way(Tally taken, @Nullable Node next, boolean failed) {}

    /** Returns all ways on from a state. */
    List<Way> from(Node node) {
        JsonNode state = states.path(node.state());
        StepSpec step = facts.notes().isChained(node.state())
                ? place.step()
                : facts.notes().stepOf(node.state());
        if (step != null) {
            return ofStep(node, step);
        }
        List<Way> ways = new ArrayList<>();
        Outcome own = single.of(node.state(), state);
        if (own.success() != null) {
            for (JsonNode rule : rules(node, state)) {
                ways.add(on(node, own.success(), rule, state));
            }
        }
        if (own.failure() != null) {
            fail(node, own.failure(), state, ways);
        }
        return ways;
    }

    private Way on(Node node, Tally taken, JsonNode rule, JsonNode state) {
        JsonNode assign = rule.has("Assign") ? rule.path("Assign") : state.path("Assign");
        return new Way(taken, rule.has("Next") ? to(node, rule, assign) : null, false);
    }

    /** An empty object in a variable says that nothing has failed. */
    private Node to(Node node, JsonNode rule, JsonNode assign) {
        Set<String> failures = new TreeSet<>(node.failures());
        assign.properties().stream()
                .filter(variable -> facts.notes().isFailure(variable.getKey()))
                .forEach(variable -> {
                    if (variable.getValue().isObject() && variable.getValue().isEmpty()) {
                        failures.remove(variable.getKey());
                    } else {
                        failures.add(variable.getKey());
                    }
                });
        return new Node(rule.path("Next").asText(), failures);
    }

    private void fail(Node node, Tally taken, JsonNode state, List<Way> ways) {
        boolean escapes = true;
        for (JsonNode catcher : state.path("Catch")) {
            String error = catcher.path("ErrorEquals").path(0).asText();
            if (!error.equals(StepStates.REUSED)) {
                ways.add(new Way(taken, to(node, catcher, catcher.path("Assign")), false));
                escapes &= !error.equals("States.ALL");
            }
        }
        if (escapes || facts.mayFail()) {
            ways.add(new Way(taken, null, true));
        }
    }

    /** Returns what may say where a state goes: itself, or rules of a Choice. */
    private List<JsonNode> rules(Node node, JsonNode state) {
        if (!state.path("Type").asText().equals("Choice")) {
            return List.of(state);
        }
        List<JsonNode> rules = new ArrayList<>();
        state.path("Choices").forEach(rules::add);
        if (state.has("Default")) {
            rules.add(Asl.object().put("Next", state.path("Default").asText()));
        }
        String failure = facts.notes().outcomeOf(node.state());
        if (failure != null) {
            return List.of(rules.get(node.failures().contains(failure) ? 0 : 1));
        }
        Notes.Choice choice = facts.notes().choiceOf(node.state());
        return choice == null ? rules : open(choice, rules);
    }

    private List<JsonNode> open(Notes.Choice choice, List<JsonNode> rules) {
        int last = rules.size() - 1;
        Integer assumed = facts.assumedCase(choice.name(), place);
        if (assumed != null) {
            return List.of(rules.get(assumed == 0 ? last : assumed - 1));
        }
        List<JsonNode> open = new ArrayList<>();
        for (int i = 0; i < choice.conditions().size(); i++) {
            Verdict verdict = Verdict.of(choice.conditions().get(i), choice.values(), facts, place);
            if (verdict != Verdict.NO) {
                open.add(rules.get(i));
            }
            if (verdict == Verdict.YES) {
                return open;
            }
        }
        open.add(rules.get(last));
        return open;
    }

    /** Takes the states of a step as one; how often they are gone round is known from the step's rules. */
    private List<Way> ofStep(Node node, StepSpec spec) {
        StepWay way = StepWay.of(states, node.state());
        String path = Forecast.path(spec);
        Boolean reuses = facts.reuses(spec, place);
        Tally most = way.mostAttempts(spec, path);
        List<Way> ways = new ArrayList<>();
        if (!Boolean.TRUE.equals(reuses)) {
            Tally good = way.goodAttempt(path);
            ways.add(on(node, facts.mayFail() ? good.or(most) : good, way.store(), way.store()));
        }
        if (!Boolean.FALSE.equals(reuses)) {
            ways.add(on(node, facts.mayFail() ? way.reused().or(most) : way.reused(), way.reuse(), way.reuse()));
        }
        if (facts.mayFail()) {
            fail(node, StateTallies.begun(most), way.prepare(), ways);
        }
        return ways;
    }
}
