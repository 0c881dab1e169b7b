package io.crois.asl;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** Where a distributed Map finds its items. */
public final class ItemReader extends FieldsValue {
    ItemReader(Fields fields) {
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

    /** Returns {@code Resource}, the ARN of the call that reads. */
    public Optional<String> resource() {
        return fields.text("Resource");
    }

    /** Returns {@code Parameters} (JSONPath). */
    public Optional<JsonNode> parameters() {
        return fields.value("Parameters");
    }

    /** Returns {@code Arguments} (JSONata). */
    public Optional<JsonNode> arguments() {
        return fields.value("Arguments");
    }

    /** Returns {@code ReaderConfig}, with {@code InputType}, {@code MaxItems} and the like. */
    public Optional<ReaderConfig> readerConfig() {
        return fields.shared("ReaderConfig")
                .map(value -> new ReaderConfig(new Fields(value, fields.placeOf("ReaderConfig"))));
    }

    /** Collects the fields. Not safe for use by several threads. */
    public static final class Builder extends FieldsBuilder<Builder> {
        private Builder(ObjectNode node) {
            super(node);
        }

        /** Sets {@code Resource}, the ARN of the call that reads; required. */
        public Builder resource(String resource) {
            return field("Resource", resource);
        }

        /** Sets {@code Parameters} (JSONPath), of the call. */
        public Builder parameters(JsonNode parameters) {
            return field("Parameters", parameters);
        }

        /** Sets {@code Arguments} (JSONata), of the call. */
        public Builder arguments(JsonNode arguments) {
            return field("Arguments", arguments);
        }

        /** Sets {@code ReaderConfig}, with {@code InputType}, {@code MaxItems} and the like. */
        public Builder readerConfig(ReaderConfig readerConfig) {
            return field("ReaderConfig", readerConfig.toJsonNode());
        }

        /** Returns the value. */
        public ItemReader build() {
            return new ItemReader(fields());
        }
    }
}
