package io.crois.testkit.engine.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.crois.asl.ItemReader;
import io.crois.asl.QueryLanguage;
import io.crois.testkit.engine.ObjectStore;
import io.crois.testkit.engine.ObjectStoreException;
import io.crois.testkit.engine.internal.expression.StatesError;
import io.crois.testkit.engine.internal.expression.Template;
import org.jspecify.annotations.Nullable;

/** Where a distributed Map reads its items from: one object, or a listing of objects. */
final class ItemReaderPlan {

    private final String resource;
    private final @Nullable Template parameters;
    private final JsonNode config;
    private final NumberField maxItems;

    ItemReaderPlan(ItemReader reader, QueryLanguage language) {
        this.resource = reader.resource().orElse("");
        this.parameters = language == QueryLanguage.JSONATA
                ? JsonataFlow.template(reader.arguments(), "ItemReader/Arguments")
                : JsonPathFlow.template(reader.parameters());
        this.config = reader.field("ReaderConfig").orElseGet(JsonNodeFactory.instance::objectNode);
        this.maxItems = NumberField.of(config, "MaxItems", language);
    }

    /** Evaluates what is to be read; reading itself comes later. */
    Request request(Frame frame) {
        JsonNode asked =
                parameters == null ? JsonNodeFactory.instance.objectNode() : parameters.evaluate(frame.evaluation());
        return new Request(resource, asked, config, maxItems.read(frame));
    }

    /** Something to be read. */
    record Request(
            String resource,
            JsonNode asked,
            JsonNode config,
            @Nullable Long maxItems) {

        /** Returns the items, an array. */
        JsonNode read(ObjectStore objects) {
            if (maxItems != null && maxItems < 0) {
                throw failure("field MaxItems must be positive");
            }
            try {
                return limited(resource.endsWith(":listObjectsV2") ? list(objects) : content(objects));
            } catch (ObjectStoreException e) {
                throw failure(e.code() + ": " + e.getMessage());
            }
        }

        private ArrayNode list(ObjectStore objects) {
            ArrayNode listed = JsonNodeFactory.instance.arrayNode();
            boolean isFlattened = config.path("Transformation").asText().equals("LOAD_AND_FLATTEN");
            for (JsonNode object : objects.list(bucket(), asked.path("Prefix").asText())) {
                if (isFlattened) {
                    ItemFormat format = ItemFormat.of(config);
                    listed.addAll(format.items(
                            objects.read(bucket(), object.path("Key").asText()), objects));
                } else {
                    listed.add(object);
                }
            }
            return listed;
        }

        private ArrayNode content(ObjectStore objects) {
            byte[] content = objects.read(bucket(), asked.path("Key").asText());
            return ItemFormat.of(config).items(content, objects);
        }

        private String bucket() {
            return asked.path("Bucket").asText();
        }

        private ArrayNode limited(ArrayNode items) {
            if (maxItems == null || maxItems == 0 || maxItems >= items.size()) {
                return items;
            }
            ArrayNode first = JsonNodeFactory.instance.arrayNode();
            for (int i = 0; i < maxItems; i++) {
                first.add(items.get(i));
            }
            return first;
        }
    }

    static StatesError failure(String cause) {
        return StatesError.of("States.ItemReaderFailed", cause);
    }
}
