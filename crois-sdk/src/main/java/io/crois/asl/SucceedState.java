package io.crois.asl;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Ends the machine well. */
public final class SucceedState extends State {
    SucceedState(Fields fields) {
        super(fields);
    }

    /** Returns a builder without fields. */
    public static Builder builder() {
        return new Builder(StateBuilder.ofType("Succeed"));
    }

    /** Returns a builder holding everything that this state holds. */
    public Builder toBuilder() {
        return new Builder(fields.copy());
    }

    /** Collects a Succeed state. Not safe for use by several threads. */
    public static final class Builder extends DataStateBuilder<Builder> {
        private Builder(ObjectNode node) {
            super(node);
        }

        /** Returns the state; its name is given where it is added to a machine. */
        public SucceedState build() {
            return new SucceedState(fields());
        }
    }
}
