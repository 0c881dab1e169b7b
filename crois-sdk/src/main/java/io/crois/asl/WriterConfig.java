package io.crois.asl;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** In which form a {@link ResultWriter} writes: {@code WriterConfig}. */
public final class WriterConfig extends FieldsValue {
    WriterConfig(Fields fields) {
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

    /**
     * Returns {@code Transformation}: {@code NONE} with what each execution was, {@code COMPACT} with its output alone,
     * or {@code FLATTEN}.
     */
    public Optional<String> transformation() {
        return fields.text("Transformation");
    }

    /** Returns {@code OutputType}: {@code JSON} or {@code JSONL}. */
    public Optional<String> outputType() {
        return fields.text("OutputType");
    }

    /** Collects the fields. Not safe for use by several threads. */
    public static final class Builder extends FieldsBuilder<Builder> {
        private Builder(ObjectNode node) {
            super(node);
        }

        /**
         * Sets {@code Transformation}: {@code NONE} with what each execution was, {@code COMPACT} with its output
         * alone, or {@code FLATTEN}.
         */
        public Builder transformation(String transformation) {
            return field("Transformation", transformation);
        }

        /** Sets {@code OutputType}: {@code JSON} or {@code JSONL}. */
        public Builder outputType(String outputType) {
            return field("OutputType", outputType);
        }

        /** Returns the value. */
        public WriterConfig build() {
            return new WriterConfig(fields());
        }
    }
}
