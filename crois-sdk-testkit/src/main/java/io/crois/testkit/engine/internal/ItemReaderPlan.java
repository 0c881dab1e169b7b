package io.crois.testkit.engine.internal;

import com.fasterxml.jackson.databind.JsonNode;
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

    /** Returns that part of what a test gives as read to which the reader points. */
    JsonNode pointed(Frame frame, JsonNode read) {
        if (!config.has("ItemsPointer")) {
            return read;
        }
        JsonNode found = read.at(config.get("ItemsPointer").asText());
        frame.see("afterItemsPointer", found);
        return found;
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

        /** Adds the items. */
        void read(ObjectStore objects, MapItems items) {
            if (maxItems != null && maxItems < 0) {
                throw failure("field MaxItems must be positive");
            }
            if (asked.has("VersionId")) {
                throw failure("Versions of objects are not in memory: leave VersionId out.");
            }
            try {
                if (resource.endsWith(":listObjectsV2")) {
                    list(new ObjectItems(objects, config, items), objects, items);
                } else {
                    new ObjectItems(objects, config, items).read(bucket(), text("Key"));
                }
            } catch (ObjectStoreException e) {
                throw failure(e.code() + ": " + e.getMessage());
            }
            if (maxItems != null && maxItems > 0) {
                items.limit(maxItems);
            }
        }

        private void list(ObjectItems contents, ObjectStore objects, MapItems items) {
            boolean isFlattened = config.path("Transformation").asText().equals("LOAD_AND_FLATTEN");
            for (JsonNode object : objects.list(bucket(), text("Prefix"))) {
                if (isFlattened) {
                    contents.read(bucket(), object.path("Key").asText());
                } else {
                    items.add(object, "s3://" + bucket());
                }
            }
        }

        private String bucket() {
            return text("Bucket");
        }

        private String text(String name) {
            return asked.path(name).asText();
        }
    }

    static StatesError failure(String cause) {
        return StatesError.of("States.ItemReaderFailed", cause);
    }
}
