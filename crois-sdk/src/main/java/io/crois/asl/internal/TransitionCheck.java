package io.crois.asl.internal;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Checks that states lead to states, that each can be reached, and that the machine can come to an end. */
final class TransitionCheck {
    private static final String CODE = "MISSING_TRANSITION_TARGET";

    private final JsonNode machine;
    private final JsonNode states;
    private final String place;
    private final boolean isRoot;
    private final Findings findings;

    TransitionCheck(Part machine, boolean isRoot) {
        this.machine = machine.node();
        this.states = machine.node().path("States");
        this.place = machine.place().equals(Part.ROOT) ? "" : machine.place();
        this.isRoot = isRoot;
        this.findings = machine.findings();
    }

    /**
     * Reports targets that are not there and, where it is clear where all states lead, states that nothing leads to; or
     * instead of these that the outermost machine has no end.
     */
    void run(boolean isReadable) {
        if (machine.path("StartAt").isTextual()) {
            checkTarget(new Target(machine.path("StartAt").textValue(), place + "/StartAt"));
        }
        states.properties()
                .forEach(state -> targets(state.getValue(), place + "/States/" + state.getKey())
                        .forEach(this::checkTarget));
        if (!isReadable) {
            return;
        }
        if (isRoot && states.properties().stream().noneMatch(state -> endsMachine(state.getValue()))) {
            findings.error("MISSING_END_STATE", null, "Workflow has no terminal state");
        } else {
            reportUnreachable();
        }
    }

    private void checkTarget(Target target) {
        if (!states.has(target.state())) {
            findings.error(CODE, target.place(), "Missing 'Next' target: " + target.state());
        }
    }

    private void reportUnreachable() {
        String first = machine.path("StartAt").asText();
        Set<String> reached = states.has(first) ? reachedFrom(first) : Set.of();
        for (Map.Entry<String, JsonNode> state : states.properties()) {
            if (!reached.contains(state.getKey())) {
                findings.error(
                        CODE,
                        place + "/States/" + state.getKey(),
                        "State \"" + state.getKey() + "\" is not reachable.");
            }
        }
    }

    private Set<String> reachedFrom(String first) {
        Set<String> reached = new HashSet<>(Set.of(first));
        Deque<String> open = new ArrayDeque<>(reached);
        while (!open.isEmpty()) {
            for (Target target : targets(states.path(open.pop()), "")) {
                if (reached.add(target.state())) {
                    open.push(target.state());
                }
            }
        }
        return reached;
    }

    private static boolean endsMachine(JsonNode state) {
        String type = state.path("Type").asText();
        return state.path("End").asBoolean() || type.equals("Succeed") || type.equals("Fail");
    }

    private static List<Target> targets(JsonNode state, String place) {
        List<Target> targets = new ArrayList<>();
        addTarget(targets, state, "Next", place);
        addTarget(targets, state, "Default", place);
        for (String list : List.of("Choices", "Catch")) {
            JsonNode entries = state.path(list);
            for (int i = 0; i < entries.size(); i++) {
                addTarget(targets, entries.path(i), "Next", place + "/" + list + "[" + i + "]");
            }
        }
        return targets;
    }

    private static void addTarget(List<Target> targets, JsonNode owner, String field, String place) {
        if (owner.path(field).isTextual()) {
            targets.add(new Target(owner.path(field).textValue(), place + "/" + field));
        }
    }

    private record Target(String state, String place) {}
}
