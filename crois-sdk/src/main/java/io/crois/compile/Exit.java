package io.crois.compile;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * Where a body goes when it has succeeded.
 *
 * @param next the state that follows, or {@code null} for the end of the machine
 * @param nested whether the machine is inside another one; nobody reads the output of such a machine, and thousands of
 *     them together must stay small
 */
record Exit(@Nullable String next, boolean nested) {

    Exit to(@Nullable String state) {
        return state == null ? this : new Exit(state, nested);
    }

    boolean ends() {
        return next == null;
    }

    /** Sets the transition and an output that holds nothing but the run. */
    void leave(ObjectNode state) {
        state.set("Output", output());
        transition(state);
    }

    void transition(ObjectNode state) {
        if (next == null) {
            state.put("End", true);
        } else {
            state.put("Next", next);
        }
    }

    ObjectNode output() {
        return ends() && nested ? Asl.object() : Asl.run();
    }
}
