package io.crois.table;

import io.crois.contract.ExecutionItem;
import io.crois.contract.FeedEvent;
import io.crois.contract.ItemKey;
import io.crois.contract.Json;
import io.crois.contract.PlatformSettings;
import io.crois.contract.Run;
import io.crois.contract.StepItem;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Typed access to the table.
 *
 * <p>Statuses are monotone: a write lands only over an item of lower rank, so late and repeated writes change nothing.
 * A status and the event that tells of it are one transaction, so neither is there without the other. Every method
 * throws the SDK's own exceptions when DynamoDB or S3 refuses or cannot be reached; all of them may be called again.
 * Thread-safe as far as its clients are.
 */
public final class CroisTable {
    private static final Duration EVENT_LIFE = Duration.ofDays(30);
    private static final int BATCH = 25;

    private final DynamoDbClient dynamoDb;
    private final String table;
    private final BodyStore bodies;
    private final Clock clock;

    private CroisTable(DynamoDbClient dynamoDb, String table, BodyStore bodies, Clock clock) {
        this.dynamoDb = dynamoDb;
        this.table = table;
        this.bodies = bodies;
        this.clock = clock;
    }

    /**
     * Returns access to the table and the bucket that the settings name.
     *
     * @param clock gives the time under which events stand in the feed
     */
    public static CroisTable create(DynamoDbClient dynamoDb, S3Client s3, PlatformSettings settings, Clock clock) {
        return new CroisTable(dynamoDb, settings.table(), new BodyStore(s3, settings.bucket()), clock);
    }

    /** Returns the body of an item, read with strong consistency; empty when there is none. */
    public <T> Optional<T> read(ItemKey key, Class<T> type) {
        Map<String, AttributeValue> item = dynamoDb.getItem(
                        request -> request.tableName(table).key(attributes(key)).consistentRead(true))
                .item();
        return item == null || item.isEmpty() ? Optional.empty() : Optional.of(Json.read(bodies.get(item), type));
    }

    /** Writes an item, replacing what is there. For items that are the same whoever writes them. */
    public void put(ItemKey key, Object body) {
        dynamoDb.putItem(request -> request.tableName(table).item(item(key, body)));
    }

    /** Writes many items, replacing what is there, in batches of 25; may be repeated after a failure. */
    public void putAll(Map<ItemKey, ?> bodies) {
        List<WriteRequest> writes = new ArrayList<>();
        bodies.forEach((key, body) -> {
            Map<String, AttributeValue> item = item(key, body);
            writes.add(WriteRequest.builder().putRequest(put -> put.item(item)).build());
        });
        for (int from = 0; from < writes.size(); from += BATCH) {
            write(writes.subList(from, Math.min(from + BATCH, writes.size())));
        }
    }

    /** DynamoDB may leave some of a batch undone when it is busy; the SDK's own retries pace the next call. */
    private void write(List<WriteRequest> batch) {
        Map<String, List<WriteRequest>> rest = Map.of(table, batch);
        while (!rest.isEmpty()) {
            Map<String, List<WriteRequest>> undone = rest;
            rest = dynamoDb.batchWriteItem(request -> request.requestItems(undone))
                    .unprocessedItems();
        }
    }

    /** Writes an item unless there is one; returns whether it was written. */
    public boolean putIfAbsent(ItemKey key, Object body) {
        try {
            dynamoDb.putItem(request ->
                    request.tableName(table).item(item(key, body)).conditionExpression("attribute_not_exists(pk)"));
            return true;
        } catch (ConditionalCheckFailedException alreadyThere) {
            return false;
        }
    }

    /**
     * Moves a step's status forward and appends the events that tell of it.
     *
     * @return false when the table already holds a status of the same or a higher rank; nothing is written then
     */
    public boolean advance(StepItem step, List<FeedEvent> events) {
        Map<String, AttributeValue> item = item(ItemKey.step(step.run(), step.step()), step);
        return advance(item, step.rank(), events);
    }

    /**
     * Moves an execution's status forward and appends the events that tell of it.
     *
     * @return false when the table already holds a status of the same or a higher rank; nothing is written then
     */
    public boolean advance(ExecutionItem execution, List<FeedEvent> events) {
        Run run = Run.of(execution.project(), execution.execution());
        return advance(item(ItemKey.execution(run), execution), execution.rank(), events);
    }

    /** Appends an event to its project's feed; the same event written twice is one event to {@link Feed}. */
    public void append(FeedEvent event) {
        dynamoDb.putItem(request -> request.tableName(table).item(feedItem(event)));
    }

    /**
     * Returns the bodies of all items of a partition whose sort key begins with a text, in the order of the sort key.
     */
    public <T> Stream<T> query(String partition, String prefix, Class<T> type) {
        return entries(partition, prefix, type).map(TableEntry::body);
    }

    /** Returns the bodies of all items of a partition, the one with the highest sort key first. */
    public <T> Stream<T> queryLatest(String partition, Class<T> type) {
        return dynamoDb
                .queryPaginator(request -> request.tableName(table)
                        .keyConditionExpression("pk = :pk")
                        .expressionAttributeValues(Map.of(":pk", AttributeValue.fromS(partition)))
                        .scanIndexForward(false)
                        .consistentRead(true))
                .items()
                .stream()
                .map(item -> Json.read(bodies.get(item), type));
    }

    /** Returns all items of a partition whose sort key begins with a text, in the order of the sort key. */
    public <T> Stream<TableEntry<T>> entries(String partition, String prefix, Class<T> type) {
        Map<String, AttributeValue> values =
                Map.of(":pk", AttributeValue.fromS(partition), ":prefix", AttributeValue.fromS(prefix));
        return dynamoDb
                .queryPaginator(request -> request.tableName(table)
                        .keyConditionExpression("pk = :pk AND begins_with(sk, :prefix)")
                        .expressionAttributeValues(values)
                        .consistentRead(true))
                .items()
                .stream()
                .map(item -> new TableEntry<>(key(partition, item), Json.read(bodies.get(item), type)));
    }

    /** Returns the bodies of all items of a partition whose sort key is at or above a text, in its order. */
    <T> Stream<T> queryFrom(String partition, String from, Class<T> type) {
        Map<String, AttributeValue> values =
                Map.of(":pk", AttributeValue.fromS(partition), ":from", AttributeValue.fromS(from));
        return dynamoDb
                .queryPaginator(request -> request.tableName(table)
                        .keyConditionExpression("pk = :pk AND sk >= :from")
                        .expressionAttributeValues(values)
                        .consistentRead(true))
                .items()
                .stream()
                .map(item -> Json.read(bodies.get(item), type));
    }

    private boolean advance(Map<String, AttributeValue> item, long rank, List<FeedEvent> events) {
        item.put("rank", AttributeValue.fromN(Long.toString(rank)));
        List<TransactWriteItem> writes = new ArrayList<>();
        writes.add(put(Put.builder()
                .tableName(table)
                .item(item)
                .conditionExpression("attribute_not_exists(pk) OR #rank < :rank")
                .expressionAttributeNames(Map.of("#rank", "rank"))
                .expressionAttributeValues(Map.of(":rank", AttributeValue.fromN(Long.toString(rank))))
                .build()));
        events.forEach(event -> writes.add(
                put(Put.builder().tableName(table).item(feedItem(event)).build())));
        try {
            dynamoDb.transactWriteItems(request -> request.transactItems(writes));
            return true;
        } catch (TransactionCanceledException e) {
            if (isStale(e)) {
                return false;
            }
            throw e;
        }
    }

    private static boolean isStale(TransactionCanceledException e) {
        return e.cancellationReasons().stream()
                .map(CancellationReason::code)
                .anyMatch("ConditionalCheckFailed"::equals);
    }

    private static TransactWriteItem put(Put put) {
        return TransactWriteItem.builder().put(put).build();
    }

    private Map<String, AttributeValue> feedItem(FeedEvent event) {
        Instant now = clock.instant();
        Map<String, AttributeValue> item = item(ItemKey.feed(event, now), event);
        item.put("ttl", AttributeValue.fromN(Long.toString(now.plus(EVENT_LIFE).getEpochSecond())));
        return item;
    }

    private Map<String, AttributeValue> item(ItemKey key, Object body) {
        Map<String, AttributeValue> item = new HashMap<>(attributes(key));
        bodies.put(item, key, Json.write(body));
        return item;
    }

    private static ItemKey key(String partition, Map<String, AttributeValue> item) {
        AttributeValue sk = Objects.requireNonNull(item.get("sk"), "Every item of a table has its key.");
        return new ItemKey(partition, sk.s());
    }

    private static Map<String, AttributeValue> attributes(ItemKey key) {
        return Map.of("pk", AttributeValue.fromS(key.pk()), "sk", AttributeValue.fromS(key.sk()));
    }
}
