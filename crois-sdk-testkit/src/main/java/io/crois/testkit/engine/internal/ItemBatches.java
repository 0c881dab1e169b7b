package io.crois.testkit.engine.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crois.asl.ItemBatcher;
import io.crois.asl.QueryLanguage;
import io.crois.testkit.engine.internal.expression.Template;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How items are put together, so that an execution has several of them.
 *
 * @param maxItems the most in a batch, {@code null} for any number
 * @param maxBytes the size of a batch's input as text, {@code null} for the service's limit
 * @param input what every batch is told, {@code null} for nothing
 */
record ItemBatches(
        @Nullable Long maxItems,
        @Nullable Long maxBytes,
        @Nullable JsonNode input) {

    private static final long LARGEST = 262_144;

    /** Returns the inputs of the executions. */
    List<ObjectNode> of(List<JsonNode> items) {
        List<ObjectNode> batches = new ArrayList<>();
        ArrayNode open = JsonNodeFactory.instance.arrayNode();
        long bytes = 0;
        for (JsonNode item : items) {
            long size = item.toString().getBytes(StandardCharsets.UTF_8).length + 1L;
            if (batches.isEmpty() || (maxItems != null && open.size() >= maxItems) || bytes + size > room()) {
                open = JsonNodeFactory.instance.arrayNode();
                batches.add(batch(open));
                bytes = 0;
            }
            open.add(item);
            bytes += size;
        }
        return batches;
    }

    private ObjectNode batch(ArrayNode items) {
        ObjectNode batch = JsonNodeFactory.instance.objectNode();
        if (input != null) {
            batch.set("BatchInput", input);
        }
        return batch.set("Items", items);
    }

    private long room() {
        long envelope = batch(JsonNodeFactory.instance.arrayNode()).toString().getBytes(StandardCharsets.UTF_8).length;
        return Math.min(LARGEST, maxBytes == null ? LARGEST : maxBytes) - envelope;
    }

    /** The fields of the definition. */
    static final class Plan {

        private final NumberField maxItems;
        private final NumberField maxBytes;
        private final @Nullable Template input;

        Plan(ItemBatcher batcher, QueryLanguage language) {
            this.maxItems = NumberField.of(batcher, "MaxItemsPerBatch", language);
            this.maxBytes = NumberField.of(batcher, "MaxInputBytesPerBatch", language);
            this.input = language == QueryLanguage.JSONATA
                    ? JsonataFlow.template(batcher.batchInput(), "ItemBatcher/BatchInput")
                    : JsonPathFlow.template(batcher.batchInput());
        }

        ItemBatches read(Frame frame) {
            JsonNode told = input == null ? null : input.evaluate(frame.evaluation());
            return new ItemBatches(maxItems.read(frame), maxBytes.read(frame), told);
        }
    }
}
