package io.crois.runtime.agent.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crois.contract.FeedEvent;
import io.crois.contract.ItemKey;
import io.crois.contract.PlatformSettings;
import io.crois.contract.TaskOrder;
import io.crois.contract.TaskReport;
import io.crois.table.ItemForm;
import io.crois.wire.JsonText;
import io.crois.wire.OrderText;
import io.crois.wire.ReportText;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
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
    public Optional<TaskOrder> order(ItemKey key) {
        ObjectNode request =
                JsonText.object().put("TableName", settings.table()).put("ConsistentRead", true);
        addKey(request.putObject("Key"), key);
        JsonNode item = dynamoDb.call("GetItem", request).path("Item");
        return item.isMissingNode() || item.isEmpty() ? Optional.empty() : Optional.of(OrderText.read(text(item)));
    }

    @Override
    public void report(ItemKey key, TaskReport report) {
        dynamoDb.call("PutItem", writing(key, ReportText.bytes(report)));
    }

    /** Stands in the feed at the time of the try that succeeds: readers look back for some seconds only. */
    @Override
    public void append(FeedEvent event) {
        byte[] body = ReportText.bytes(event);
        dynamoDb.callAnew("PutItem", () -> {
            Instant now = clock.instant();
            ObjectNode request = writing(ItemKey.feed(event, now), body);
            String end = Long.toString(ItemForm.endOfEvent(now).getEpochSecond());
            ((ObjectNode) request.get("Item")).putObject("ttl").put("N", end);
            return request;
        });
    }

    private ObjectNode writing(ItemKey key, byte[] body) {
        ObjectNode request = JsonText.object().put("TableName", settings.table());
        ObjectNode item = request.putObject("Item");
        addKey(item, key);
        if (ItemForm.fits(body)) {
            item.putObject("body").put("S", new String(body, StandardCharsets.UTF_8));
        } else {
            String object = ItemForm.overflowKey(key, body);
            objects.putSame(new ObjectPlace(settings.bucket(), object), body);
            item.putObject("overflow").put("S", object);
        }
        return request;
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

    private static void addKey(ObjectNode to, ItemKey key) {
        to.putObject("pk").put("S", key.pk());
        to.putObject("sk").put("S", key.sk());
    }
}
