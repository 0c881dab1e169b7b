package io.crois.runtime.agent.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crois.contract.FeedEvent;
import io.crois.contract.ItemKey;
import io.crois.contract.Json;
import io.crois.contract.PlatformSettings;
import io.crois.table.ItemForm;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** The table over HTTP: the items that {@link io.crois.table.CroisTable} writes, in DynamoDB's own JSON. */
final class HttpTaskTable implements TaskTable {
    private final JsonService dynamoDb;
    private final Retried objects;
    private final PlatformSettings settings;
    private final Clock clock;

    HttpTaskTable(JsonService dynamoDb, Retried objects, PlatformSettings settings, Clock clock) {
        this.dynamoDb = dynamoDb;
        this.objects = objects;
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public <T> Optional<T> read(ItemKey key, Class<T> type) {
        ObjectNode request =
                (ObjectNode) Json.tree(Map.<String, Object>of("TableName", settings.table(), "ConsistentRead", true));
        request.putObject("Key").setAll(keyOf(key));
        JsonNode item = dynamoDb.call("GetItem", request).path("Item");
        return item.isMissingNode() || item.isEmpty() ? Optional.empty() : Optional.of(Json.read(text(item), type));
    }

    @Override
    public void put(ItemKey key, Object body) {
        dynamoDb.call("PutItem", writing(item(key, body)));
    }

    /** Stands in the feed at the time of the try that succeeds: readers look back for some seconds only. */
    @Override
    public void append(FeedEvent event) {
        dynamoDb.callAnew("PutItem", () -> {
            Instant now = clock.instant();
            ObjectNode item = item(ItemKey.feed(event, now), event);
            item.putObject("ttl")
                    .put("N", Long.toString(ItemForm.endOfEvent(now).getEpochSecond()));
            return writing(item);
        });
    }

    private ObjectNode writing(ObjectNode item) {
        ObjectNode request = (ObjectNode) Json.tree(Map.of("TableName", settings.table()));
        request.set("Item", item);
        return request;
    }

    private ObjectNode item(ItemKey key, Object body) {
        ObjectNode item = keyOf(key);
        String text = Json.write(body);
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (ItemForm.fits(bytes)) {
            item.putObject("body").put("S", text);
        } else {
            String object = ItemForm.overflowKey(key, bytes);
            objects.putSame(new ObjectPlace(settings.bucket(), object), bytes);
            item.putObject("overflow").put("S", object);
        }
        return item;
    }

    private String text(JsonNode item) {
        JsonNode body = item.path("body").path("S");
        if (body.isTextual()) {
            return body.asText();
        }
        JsonNode overflow = item.path("overflow").path("S");
        if (!overflow.isTextual()) {
            throw new IllegalArgumentException("The item has neither `body` nor `overflow`.");
        }
        byte[] bytes = objects.bytes(new ObjectPlace(settings.bucket(), overflow.asText()));
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static ObjectNode keyOf(ItemKey key) {
        return (ObjectNode) Json.tree(Map.of("pk", Map.of("S", key.pk()), "sk", Map.of("S", key.sk())));
    }
}
