package io.crois.asl;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** An entry of {@code Choices}: a test, and the state that follows when it holds. */
public final class ChoiceRule extends FieldsValue {
    ChoiceRule(Fields fields) {
        super(fields);
    }

    /** Returns a builder without fields. */
    public static Builder builder() {
        return new Builder(JsonNodeFactory.instance.objectNode());
    }

    /** Returns a builder holding everything that this value holds. */
    public Builder toBuilder() {
        return new Builder(fields.copy());
    }

    /** Returns {@code Next}, the state that follows. */
    public String next() {
        return fields.requiredText("Next");
    }

    /** Returns {@code Comment}. */
    public Optional<String> comment() {
        return fields.text("Comment");
    }

    /** Returns {@code Assign}, variable names and their values. */
    public Optional<JsonNode> assign() {
        return fields.value("Assign");
    }

    /** Returns {@code Output} (JSONata), any JSON. */
    public Optional<JsonNode> output() {
        return fields.value("Output");
    }

    /**
     * Returns what has to hold.
     *
     * @throws AslFormatException if the rule has no test, two of them, or one with an operator that does not exist
     */
    public ChoiceTest test() {
        return ChoiceTestReader.read(fields);
    }

    /** Collects the fields. Not safe for use by several threads. */
    public static final class Builder extends FieldsBuilder<Builder> {
        private Builder(ObjectNode node) {
            super(node);
        }

        /** Sets {@code Next}, the state that follows; required. */
        public Builder next(String next) {
            return field("Next", next);
        }

        /** Sets {@code Comment}. */
        public Builder comment(String comment) {
            return field("Comment", comment);
        }

        /** Sets {@code Assign}, variable names and their values. */
        public Builder assign(JsonNode assign) {
            return field("Assign", assign);
        }

        /** Sets {@code Output} (JSONata), any JSON. */
        public Builder output(JsonNode output) {
            return field("Output", output);
        }

        /** Sets what has to hold, next to the fields that are there already. */
        public Builder test(ChoiceTest test) {
            node.setAll(test.toJsonNode());
            return this;
        }

        /** Returns the value. */
        public ChoiceRule build() {
            return new ChoiceRule(fields());
        }
    }
}
