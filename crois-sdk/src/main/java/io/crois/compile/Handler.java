package io.crois.compile;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * Where a body goes when one of its elements has failed.
 *
 * @param next the first state of what the author wants done
 * @param variable keeps the error so that it can be raised again afterwards; {@code null} when the failure counts as
 *     handled
 */
record Handler(String next, @Nullable String variable) {

    /** Sends every error of a state here. */
    void guard(ObjectNode state) {
        ArrayNode catchers = Asl.catchAll(next, Asl.run());
        if (variable != null) {
            ((ObjectNode) catchers.get(0)).putObject("Assign").put(variable, "{% $states.errorOutput %}");
        }
        state.set("Catch", catchers);
    }

    /** Returns a state that comes here with an error of its own. */
    ObjectNode raise(ObjectNode error) {
        ObjectNode state = Asl.state("Pass");
        if (variable != null) {
            state.putObject("Assign").set(variable, error);
        }
        state.set("Output", Asl.run());
        return state.put("Next", next);
    }

    /** Returns a state that comes here with the error in another variable. */
    ObjectNode raise(String from) {
        ObjectNode state = Asl.state("Pass");
        if (variable != null) {
            state.putObject("Assign").put(variable, "{% $" + from + " %}");
        }
        state.set("Output", Asl.run());
        return state.put("Next", next);
    }
}
