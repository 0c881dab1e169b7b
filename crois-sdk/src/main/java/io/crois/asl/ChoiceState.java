package io.crois.asl;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/** Goes on with the first rule that holds. */
public final class ChoiceState extends State {
    ChoiceState(Fields fields) {
        super(fields);
    }

    /** Returns a builder without fields. */
    public static Builder builder() {
        return new Builder(StateBuilder.ofType("Choice"));
    }

    /** Returns a builder holding everything that this state holds. */
    public Builder toBuilder() {
        return new Builder(fields.copy());
    }

    /** Returns {@code Default}, the state that follows when no rule holds. */
    public Optional<String> otherwise() {
        return fields.text("Default");
    }

    /** Returns {@code Choices} in their order. */
    public List<ChoiceRule> choices() {
        return fields.list("Choices", (value, place) -> new ChoiceRule(new Fields(value, place)));
    }

    /** Collects a Choice state. Not safe for use by several threads. */
    public static final class Builder extends DataStateBuilder<Builder> {
        private Builder(ObjectNode node) {
            super(node);
        }

        /**
         * Sets {@code Default}, the state that follows when no rule holds; without it the execution fails then, with
         * {@code States.Runtime} on AWS and not with the {@code States.NoChoiceMatched} of the specification.
         */
        public Builder otherwise(String state) {
            return field("Default", state);
        }

        /** Sets {@code Assign}, used when the default is taken. */
        public Builder assign(JsonNode assign) {
            return field("Assign", assign);
        }

        /** Appends to {@code Choices}. */
        public Builder addChoice(ChoiceRule rule) {
            return add("Choices", rule.toJsonNode());
        }

        /** Returns the state; its name is given where it is added to a machine. */
        public ChoiceState build() {
            return new ChoiceState(fields());
        }
    }
}
