package io.crois.asl.internal;

import com.fasterxml.jackson.databind.JsonNode;
import io.crois.asl.MachineType;
import io.crois.asl.QueryLanguage;
import java.util.List;
import java.util.Set;

/** Checks one state, without the machines inside it. */
final class StateCheck {
    private static final List<String> NEXT_OR_END = List.of("Next", "End");
    private static final List<String> WITHOUT_NEXT = List.of("Choice", "Succeed", "Fail");

    private static final Set<String> WITH_RESULT = Set.of("Task", "Parallel", "Map");

    private final Part state;
    private final QueryLanguage machineLanguage;
    private final MachineType type;

    StateCheck(Part state, QueryLanguage machineLanguage, MachineType type) {
        this.state = state;
        this.machineLanguage = machineLanguage;
        this.type = type;
    }

    /**
     * Returns the query language of a state or machine: JSONPath only by this very word, JSONata by any other, and that
     * of the outermost machine where nothing is said. Machines inside states follow the outermost one too.
     */
    static QueryLanguage language(JsonNode owner, QueryLanguage otherwise) {
        if (!owner.has("QueryLanguage")) {
            return otherwise;
        }
        return owner.path("QueryLanguage").asText().equals("JSONPath") ? QueryLanguage.JSONPATH : QueryLanguage.JSONATA;
    }

    /** Returns whether states of this kind have a result of their own. */
    static boolean hasResult(JsonNode state) {
        return WITH_RESULT.contains(state.path("Type").asText());
    }

    /** Reports the state's problems; returns whether it is clear where it leads. */
    boolean run() {
        if (!state.requireObject()) {
            return false;
        }
        String kind = state.text("Type");
        Shape shape = StateShapes.of(kind);
        if (shape == null) {
            reportType();
            return false;
        }
        shape.check(state, checkLanguage());
        if (kind.equals("Task")) {
            TaskRules.check(state, type);
        }
        return WITHOUT_NEXT.contains(kind) || checkNext();
    }

    private void reportType() {
        if (state.has("Type")) {
            ValueRules.kind(StateShapes.TYPES.toArray(String[]::new)).check(state.at("Type"));
        } else {
            state.report("The field 'Type' is required");
        }
    }

    /** Returns whether the state's language can be set here, and so whether its fields are held to it. */
    private boolean checkLanguage() {
        if (state.has("QueryLanguage")) {
            ValueRules.oneOf("JSONPath", "JSONata").check(state.at("QueryLanguage"));
        }
        if (machineLanguage == QueryLanguage.JSONATA && !state.isJsonata()) {
            state.report("'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state machine");
            return false;
        }
        return true;
    }

    private boolean checkNext() {
        boolean ends = state.node().path("End").asBoolean();
        if (state.has("Next") && ends) {
            state.requireAtMostOne(NEXT_OR_END);
        } else if (!state.has("Next") && !ends) {
            state.report("This object should have only one of the following fields: " + NEXT_OR_END);
        }
        return state.has("Next") != ends;
    }
}
