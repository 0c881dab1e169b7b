package io.crois.compile;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Counts along the ways by which a machine can succeed, without following what is caught. */
final class Tallies {
    private static final Range ITERATION_EVENTS = Range.exactly(2);

    private final JsonNode states;
    private final String startAt;
    private final Map<String, Long> iterations;
    private final Map<String, Optional<Tally>> onward = new HashMap<>();
    private final Map<String, Tally> own = new HashMap<>();

    Tallies(JsonNode machine, Map<String, Long> iterations) {
        this.states = machine.path("States");
        this.startAt = machine.path("StartAt").asText();
        this.iterations = iterations;
    }

    /** Returns the tally of the whole machine; zero when it cannot succeed. */
    Tally whole() {
        return onwardFrom(startAt).orElse(Tally.NONE);
    }

    /** Returns the state on the longest way at which the history passes a limit, or {@code null}. */
    @Nullable
    String passing(long limit) {
        long events = 0;
        String state = startAt;
        while (state != null && onwardFrom(state).isPresent()) {
            events += Math.min(
                    limit + 1, own.getOrDefault(state, Tally.NONE).events().most());
            if (events > limit) {
                return state;
            }
            state = longest(state);
        }
        return null;
    }

    private @Nullable String longest(String state) {
        String best = null;
        long most = -1;
        for (String next : nexts(states.path(state))) {
            long events = onwardFrom(next).map(tally -> tally.events().most()).orElse(-1L);
            if (events > most) {
                best = next;
                most = events;
            }
        }
        return best;
    }

    /** Works with a stack of its own, since chains may be thousands of states long. */
    private Optional<Tally> onwardFrom(String first) {
        Deque<String> open = new ArrayDeque<>();
        open.push(first);
        while (!open.isEmpty()) {
            String state = open.element();
            List<String> missing = onward.containsKey(state) ? List.of() : missing(state);
            if (missing.isEmpty()) {
                open.pop();
                onward.computeIfAbsent(state, this::combine);
            } else {
                missing.forEach(open::push);
            }
        }
        return onward.getOrDefault(first, Optional.empty());
    }

    private List<String> missing(String state) {
        return nexts(states.path(state)).stream()
                .filter(next -> !onward.containsKey(next))
                .toList();
    }

    private Optional<Tally> combine(String name) {
        JsonNode state = states.path(name);
        if (state.path("Type").asText().equals("Fail")) {
            return Optional.empty();
        }
        Tally mine = own(name, state);
        own.put(name, mine);
        List<String> nexts = nexts(state);
        if (nexts.isEmpty()) {
            return Optional.of(mine);
        }
        return nexts.stream()
                .flatMap(next -> onward.getOrDefault(next, Optional.empty()).stream())
                .reduce(Tally::or)
                .map(mine::plus);
    }

    private static List<String> nexts(JsonNode state) {
        List<String> nexts = new ArrayList<>();
        if (state.has("Next")) {
            nexts.add(state.path("Next").asText());
        }
        state.path("Choices").forEach(rule -> nexts.add(rule.path("Next").asText()));
        if (state.has("Default")) {
            nexts.add(state.path("Default").asText());
        }
        return nexts;
    }

    private Tally own(String name, JsonNode state) {
        return switch (state.path("Type").asText()) {
            case "Task" ->
                state.path("Resource").asText().endsWith(":lambda:invoke")
                        ? Tally.state(5, 1, 0)
                        : Tally.state(6, 0, 1);
            case "Parallel" -> parallel(state);
            case "Map" -> map(name, state);
            default -> Tally.state(2, 0, 0);
        };
    }

    private Tally parallel(JsonNode state) {
        Tally tally = Tally.state(4, 0, 0);
        for (JsonNode branch : state.path("Branches")) {
            tally = tally.plus(new Tallies(branch, iterations).whole());
        }
        return tally;
    }

    private Tally map(String name, JsonNode state) {
        JsonNode processor = state.path("ItemProcessor");
        Long known = iterations.get(name);
        Range count = known == null ? new Range(0, Range.UNBOUNDED) : Range.exactly(known);
        Tally iteration = new Tallies(processor, iterations).whole();
        if (processor.path("ProcessorConfig").path("Mode").asText().equals("DISTRIBUTED")) {
            long child = iteration.events().plus(ITERATION_EVENTS).most();
            return Tally.state(6, 0, 0).plus(iteration.times(count).inChild(Range.NONE, child));
        }
        return Tally.state(4, 0, 0).plus(iteration.plusEvents(ITERATION_EVENTS).times(count));
    }
}
