package io.crois.asl.internal;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Holds the variables of branches and iterations apart from those of the machine round them, which they can read but
 * not assign. What a catcher assigns is no outer variable, since the inner machine has ended by then; a distributed
 * Map's executions do not see outer variables at all.
 */
final class VariableScopes {
    private final Findings findings;

    VariableScopes(Findings findings) {
        this.findings = findings;
    }

    void check(JsonNode machine) {
        check(machine, "", Set.of());
    }

    private void check(JsonNode machine, String place, Set<String> outer) {
        Set<String> visible = new HashSet<>(outer);
        JsonNode states = machine.path("States");
        states.forEach(state -> visible.addAll(assigned(state)));
        for (var state : states.properties()) {
            String at = place + "/States/" + state.getKey();
            reportAgain(state.getValue(), at, outer);
            checkInner(state.getValue(), at, visible);
        }
    }

    private void checkInner(JsonNode state, String place, Set<String> visible) {
        JsonNode branches = state.path("Branches");
        for (int i = 0; i < branches.size(); i++) {
            check(branches.path(i), place + "/Branches[" + i + "]", visible);
        }
        for (String field : List.of("ItemProcessor", "Iterator")) {
            JsonNode processor = state.path(field);
            boolean isDistributed =
                    processor.at("/ProcessorConfig/Mode").asText().equals("DISTRIBUTED");
            check(processor, place + "/" + field, isDistributed ? Set.of() : visible);
        }
    }

    private static Set<String> assigned(JsonNode state) {
        Set<String> names = new HashSet<>();
        addNames(names, state);
        state.path("Choices").forEach(rule -> addNames(names, rule));
        return names;
    }

    private static void addNames(Set<String> names, JsonNode owner) {
        owner.path("Assign").fieldNames().forEachRemaining(field -> names.add(VariableNames.variable(field)));
    }

    private void reportAgain(JsonNode state, String place, Set<String> outer) {
        reportEach(state.path("Assign"), place + "/Assign", outer);
        for (String list : List.of("Choices", "Catch")) {
            JsonNode entries = state.path(list);
            for (int i = 0; i < entries.size(); i++) {
                reportEach(entries.path(i).path("Assign"), place + "/" + list + "[" + i + "]/Assign", outer);
            }
        }
    }

    private void reportEach(JsonNode assign, String place, Set<String> outer) {
        assign.fieldNames().forEachRemaining(field -> {
            String name = VariableNames.variable(field);
            if (outer.contains(name)) {
                findings.error(
                        "DUPLICATE_VARIABLE_NAME",
                        place + "/" + field,
                        "The variable name '" + name + "' was already defined in a parent scope.");
            }
        });
    }
}
