package io.crois.compile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;

/** Gets states that an author wrote ready to be guarded: the language gives {@code Catch} to some types only. */
final class RawStates {
    private static final Set<String> CATCHING = Set.of("Task", "Parallel", "Map");

    private RawStates() {}

    /** Returns whether a failure of the state could be caught by a field of its own. */
    static boolean catches(ObjectNode state) {
        return CATCHING.contains(state.path("Type").asText());
    }

    /** Returns whether running the state can fail; constants in a Pass or a Wait cannot. */
    static boolean canFail(ObjectNode state) {
        return catches(state) || hasExpression(state);
    }

    /**
     * Returns a Parallel of one branch that does what the state does and can catch its failure. What the state assigns
     * is assigned by the Parallel, as a variable of a branch is not seen outside of it.
     */
    static ObjectNode wrapped(String name, ObjectNode state) {
        ObjectNode wrapper = Asl.state("Parallel");
        JsonNode assign = state.remove("Assign");
        ObjectNode branch = wrapper.putArray("Branches").addObject().put("StartAt", name);
        branch.putObject("States").set(name, state.put("End", true));
        if (assign != null) {
            wrapper.set("Assign", assign);
        }
        return wrapper;
    }

    private static boolean hasExpression(JsonNode json) {
        if (json.isTextual()) {
            return json.textValue().startsWith("{%");
        }
        for (JsonNode child : json) {
            if (hasExpression(child)) {
                return true;
            }
        }
        return false;
    }
}
