package io.crois.asl.internal;

import com.fasterxml.jackson.databind.JsonNode;
import io.crois.asl.QueryLanguage;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Holds the variables of branches and iterations apart from those of the machine round them, which they can read but
 * not assign. What a catcher assigns is no outer variable, since the inner machine has ended by then; a distributed
 * Map's executions do not see outer variables at all.
 */
final class VariableScopes {
    private final QueryLanguage language;
    private final Findings findings;

    VariableScopes(QueryLanguage language, Findings findings) {
        this.language = language;
        this.findings = findings;
    }

    void check(JsonNode machine) {
        check(machine, "", new Scope(Set.of(), Set.of()));
    }

    private void check(JsonNode machine, String place, Scope outer) {
        Scope own = outer.with(machine.path("States"));
        for (var state : machine.path("States").properties()) {
            String at = place + "/States/" + state.getKey();
            reportAgain(state.getValue(), at, outer.fixed());
            if (StateCheck.language(state.getValue(), language) == QueryLanguage.JSONATA) {
                new UndefinedVariables(own.known(), findings).check(state.getValue(), at);
            }
            checkInner(state.getValue(), at, own);
        }
    }

    private void checkInner(JsonNode state, String place, Scope scope) {
        JsonNode branches = state.path("Branches");
        for (int i = 0; i < branches.size(); i++) {
            check(branches.path(i), place + "/Branches[" + i + "]", scope);
        }
        for (String field : List.of("ItemProcessor", "Iterator")) {
            JsonNode processor = state.path(field);
            boolean isDistributed =
                    processor.at("/ProcessorConfig/Mode").asText().equals("DISTRIBUTED");
            check(processor, place + "/" + field, isDistributed ? new Scope(Set.of(), Set.of()) : scope);
        }
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

    /**
     * The variables of a machine and of those round it.
     *
     * @param fixed those that machines inside cannot assign
     * @param known those that can have a value
     */
    private record Scope(Set<String> fixed, Set<String> known) {

        private Scope with(JsonNode states) {
            Scope scope = new Scope(new HashSet<>(fixed), new HashSet<>(known));
            for (JsonNode state : states) {
                add(scope.fixed, state);
                state.path("Choices").forEach(rule -> add(scope.fixed, rule));
                state.path("Catch").forEach(catcher -> add(scope.known, catcher));
            }
            scope.known.addAll(scope.fixed);
            return scope;
        }

        private static void add(Set<String> names, JsonNode owner) {
            owner.path("Assign").fieldNames().forEachRemaining(field -> names.add(VariableNames.variable(field)));
        }
    }
}
