package io.crois.asl;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What the builders of states that lead to one other state, or end the machine, share.
 *
 * @param <B> the builder itself
 */
public abstract class FlowStateBuilder<B extends FlowStateBuilder<B>> extends DataStateBuilder<B> {
    FlowStateBuilder(ObjectNode node) {
        super(node);
    }

    /** Sets {@code Next}, the name of the state that follows, and takes back {@code End}. */
    public final B next(String state) {
        node.remove("End");
        return field("Next", state);
    }

    /** Sets {@code End} to true and takes back {@code Next}. */
    public final B end() {
        node.remove("Next");
        return field("End", BooleanNode.TRUE);
    }

    /** Sets {@code Assign}: an object of variable names and their values. */
    public final B assign(JsonNode variables) {
        return field("Assign", variables);
    }
}
