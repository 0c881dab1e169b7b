package io.crois.asl;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** Where a distributed Map writes its results. */
public final class ResultWriter extends FieldsValue {
    ResultWriter(Fields fields) {
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

    /** Returns {@code Resource}, the ARN of the call that writes. */
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

    /** Returns {@code WriterConfig}, with {@code Transformation} and {@code OutputType}. */
    public Optional<WriterConfig> writerConfig() {
        return fields.shared("WriterConfig")
                .map(value -> new WriterConfig(new Fields(value, fields.placeOf("WriterConfig"))));
    }

    /** Collects the fields. Not safe for use by several threads. */
    public static final class Builder extends FieldsBuilder<Builder> {
        private Builder(ObjectNode node) {
            super(node);
        }

        /** Sets {@code Resource}, the ARN of the call that writes. */
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

        /** Sets {@code WriterConfig}, with {@code Transformation} and {@code OutputType}. */
        public Builder writerConfig(WriterConfig writerConfig) {
            return field("WriterConfig", writerConfig.toJsonNode());
        }

        /** Returns the value. */
        public ResultWriter build() {
            return new ResultWriter(fields());
        }
    }
}
