package io.crois.asl;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** How a distributed Map puts items together for one child execution. */
public final class ItemBatcher extends FieldsValue {
    ItemBatcher(Fields fields) {
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

    /** Returns {@code BatchInput}, added to every batch. */
    public Optional<JsonNode> batchInput() {
        return fields.value("BatchInput");
    }

    /** Returns {@code MaxItemsPerBatch}, a number or a JSONata text. */
    public Optional<JsonNode> maxItemsPerBatch() {
        return fields.value("MaxItemsPerBatch");
    }

    /** Returns {@code MaxItemsPerBatchPath}. */
    public Optional<String> maxItemsPerBatchPath() {
        return fields.text("MaxItemsPerBatchPath");
    }

    /** Returns {@code MaxInputBytesPerBatch}, a number or a JSONata text. */
    public Optional<JsonNode> maxInputBytesPerBatch() {
        return fields.value("MaxInputBytesPerBatch");
    }

    /** Returns {@code MaxInputBytesPerBatchPath}. */
    public Optional<String> maxInputBytesPerBatchPath() {
        return fields.text("MaxInputBytesPerBatchPath");
    }

    /** Collects the fields. Not safe for use by several threads. */
    public static final class Builder extends FieldsBuilder<Builder> {
        private Builder(ObjectNode node) {
            super(node);
        }

        /** Sets {@code BatchInput}, added to every batch. */
        public Builder batchInput(JsonNode batchInput) {
            return field("BatchInput", batchInput);
        }

        /** Sets {@code MaxItemsPerBatch}, how many items at most. */
        public Builder maxItemsPerBatch(long maxItemsPerBatch) {
            return number("MaxItemsPerBatch", maxItemsPerBatch);
        }

        /** Sets {@code MaxItemsPerBatchPath} (JSONPath), where the number is found. */
        public Builder maxItemsPerBatchPath(String maxItemsPerBatchPath) {
            return field("MaxItemsPerBatchPath", maxItemsPerBatchPath);
        }

        /** Sets {@code MaxInputBytesPerBatch}, how many bytes at most, to 262,144. */
        public Builder maxInputBytesPerBatch(long maxInputBytesPerBatch) {
            return number("MaxInputBytesPerBatch", maxInputBytesPerBatch);
        }

        /** Sets {@code MaxInputBytesPerBatchPath} (JSONPath), where the number is found. */
        public Builder maxInputBytesPerBatchPath(String maxInputBytesPerBatchPath) {
            return field("MaxInputBytesPerBatchPath", maxInputBytesPerBatchPath);
        }

        /** Returns the value. */
        public ItemBatcher build() {
            return new ItemBatcher(fields());
        }
    }
}
