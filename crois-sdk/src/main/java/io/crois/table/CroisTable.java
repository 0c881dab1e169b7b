package io.crois.table;

import io.crois.contract.ExecutionItem;
import io.crois.contract.ExecutionStatus;
import io.crois.contract.FeedEvent;
import io.crois.contract.ItemKey;
import io.crois.contract.PlatformSettings;
import io.crois.contract.Run;
import io.crois.contract.StepItem;
import io.crois.table.GuardedItems.Change;
import io.crois.wire.Records;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Typed access to the table.
 *
 * <p>Statuses are monotone: none is ever replaced by one of a lower rank, so late and repeated writes undo nothing. A
 * status and the event that tells of it are one transaction, so neither is there without the other. Every method throws
 * the SDK's own exceptions when DynamoDB or S3 refuses or cannot be reached; all of them may be called again.
 * Thread-safe as far as its clients are.
 */
public final class CroisTable {
    static final Duration EVENT_LIFE = ItemForm.EVENT_LIFE;
    private static final int BATCH = 25;
    private static final int READ_BATCH = 100;

    private final DynamoDbClient dynamoDb;
    private final String table;
    private final BodyStore bodies;
    private final Clock clock;
    private final GuardedItems guarded;

    private CroisTable(DynamoDbClient dynamoDb, String table, BodyStore bodies, Clock clock) {
        this.dynamoDb = dynamoDb;
        this.table = table;
        this.bodies = bodies;
        this.clock = clock;
        this.guarded = new GuardedItems(dynamoDb, table, bodies, clock);
    }

    /**
     * Returns access to the table and the bucket that the settings name.
     *
     * @param clock gives the time under which events stand in the feed
     */
    public static CroisTable create(DynamoDbClient dynamoDb, S3Client s3, PlatformSettings settings, Clock clock) {
        return create(dynamoDb, () -> s3, settings, clock);
    }

    /**
     * Returns access to the table and the bucket that the settings name.
     *
     * @param s3 is asked for its client when the first large body comes, and by each
     * @param clock gives the time under which events stand in the feed
     */
    public static CroisTable create(
            DynamoDbClient dynamoDb, Supplier<S3Client> s3, PlatformSettings settings, Clock clock) {
        return new CroisTable(dynamoDb, settings.table(), new BodyStore(s3, settings.bucket()), clock);
    }

    /** Returns the body of an item, read with strong consistency; empty when there is none. */
    public <T> Optional<T> read(ItemKey key, Class<T> type) {
        Map<String, AttributeValue> item = dynamoDb.getItem(
                        request -> request.tableName(table).key(attributes(key)).consistentRead(true))
                .item();
        return item == null || item.isEmpty() ? Optional.empty() : Optional.of(Records.read(bodies.get(item), type));
    }

    /**
     * Returns the bodies of those of many items that exist, read with strong consistency, 100 in one call.
     *
     * @param keys different ones
     */
    public <T> Map<ItemKey, T> readAll(Collection<ItemKey> keys, Class<T> type) {
        Map<ItemKey, T> found = new HashMap<>();
        List<ItemKey> all = List.copyOf(keys);
        for (int from = 0; from < all.size(); from += READ_BATCH) {
            KeysAndAttributes wanted = KeysAndAttributes.builder()
                    .keys(all.subList(from, Math.min(from + READ_BATCH, all.size())).stream()
                            .map(CroisTable::attributes)
                            .toList())
                    .consistentRead(true)
                    .build();
            read(wanted, item -> found.put(key(item), Records.read(bodies.get(item), type)));
        }
        return found;
    }

    /** DynamoDB may leave some of a batch unread when it is large; the SDK's own retries pace the next call. */
    private void read(KeysAndAttributes wanted, Consumer<Map<String, AttributeValue>> found) {
        Map<String, KeysAndAttributes> rest = Map.of(table, wanted);
        while (!rest.isEmpty()) {
            Map<String, KeysAndAttributes> asked = rest;
            BatchGetItemResponse answer = dynamoDb.batchGetItem(request -> request.requestItems(asked));
            answer.responses().getOrDefault(table, List.of()).forEach(found);
            rest = answer.unprocessedKeys();
        }
    }

    /** Removes an item; changes nothing if there is none. */
    public void delete(ItemKey key) {
        dynamoDb.deleteItem(request -> request.tableName(table).key(attributes(key)));
    }

    /** Writes an item, replacing what is there. For items that are the same whoever writes them. */
    public void put(ItemKey key, Object body) {
        dynamoDb.putItem(request -> request.tableName(table).item(item(key, body)));
    }

    /** Writes an object of the platform's own as JSON, replacing what is there; for readers other than the table's. */
    void putObject(String key, Object body) {
        bodies.putObject(key, Records.write(body));
    }

    /** Returns the bucket in which large bodies lie. */
    String bucket() {
        return bodies.bucket();
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
     * Takes or extends a lease: an item that one owner holds for a while.
     *
     * @return false while somebody else holds it
     */
    public boolean claim(ItemKey key, String owner, Instant until) {
        return lease(
                key,
                owner,
                until,
                "attribute_not_exists(pk) OR #until < :now OR #owner = :owner",
                Map.of(
                        ":now",
                        AttributeValue.fromN(Long.toString(clock.instant().toEpochMilli())),
                        ":owner",
                        AttributeValue.fromS(owner)));
    }

    /** Gives a lease back; changes nothing when somebody else has it by now. */
    public void release(ItemKey key, String owner) {
        lease(
                key,
                owner,
                Instant.EPOCH,
                "#owner = :owner AND #until > :now",
                Map.of(":now", AttributeValue.fromN("0"), ":owner", AttributeValue.fromS(owner)));
    }

    private boolean lease(
            ItemKey key, String owner, Instant until, String condition, Map<String, AttributeValue> values) {
        Map<String, AttributeValue> item = item(key, owner);
        item.put("owner", AttributeValue.fromS(owner));
        item.put("until", AttributeValue.fromN(Long.toString(until.toEpochMilli())));
        try {
            dynamoDb.putItem(request -> request.tableName(table)
                    .item(item)
                    .conditionExpression(condition)
                    .expressionAttributeNames(Map.of("#owner", "owner", "#until", "until"))
                    .expressionAttributeValues(values));
            return true;
        } catch (ConditionalCheckFailedException held) {
            return false;
        }
    }

    /**
     * Moves a step's status forward and appends the events that tell of it.
     *
     * @return false when the table already holds a status of the same or a higher rank; nothing is written then
     */
    public boolean advance(StepItem step, List<FeedEvent> events) {
        return guarded.change(
                ItemKey.step(step.run(), step.step()),
                StepItem.class,
                present -> present != null && present.rank() >= step.rank()
                        ? Optional.empty()
                        : Optional.of(new Change<>(step, step.rank(), events, List.of())));
    }

    /**
     * Moves an execution's status forward and appends the events that tell of it.
     *
     * @return false when the table already holds a status of the same or a higher rank; nothing is written then
     */
    public boolean advance(ExecutionItem execution, List<FeedEvent> events) {
        return guarded.change(
                key(execution),
                ExecutionItem.class,
                present -> present != null && present.rank() >= execution.rank()
                        ? Optional.empty()
                        : Optional.of(new Change<>(execution, execution.rank(), events, List.of(mark(execution)))));
    }

    /**
     * Adds to a step's item what somebody knows of the step, whatever is known already, and appends the events that
     * tell what is new. The item becomes the same in whatever order and however often it is told.
     *
     * @param known is joined with the item, see {@link StepItem#joined}; the events of the way to its status (prepared,
     *     queued, started) are added when they have not been told
     * @param telling the events that tell of the status itself; appended if the item had not come that far
     * @return whether there was something new
     */
    public boolean note(StepItem known, String workflow, List<FeedEvent> telling) {
        return guarded.change(ItemKey.step(known.run(), known.step()), StepItem.class, present -> {
            StepItem joined = present == null ? known : present.joined(known);
            List<FeedEvent> events = new ArrayList<>(News.of(present, joined, workflow));
            if (present == null || present.rank() < known.rank()) {
                events.addAll(telling);
            }
            return Optional.of(new Change<>(joined, joined.rank(), events, List.of()));
        });
    }

    /**
     * Adds to an execution's item what somebody knows of the execution and appends the events that tell what is new:
     * that it was started, started again, or ended. The item becomes the same in whatever order and however often it is
     * told.
     *
     * @param at when that became known
     * @return whether there was something new
     */
    public boolean note(ExecutionItem known, Instant at) {
        return guarded.change(key(known), ExecutionItem.class, present -> {
            ExecutionItem joined = present == null ? known : present.joined(known);
            return Optional.of(
                    new Change<>(joined, joined.rank(), News.of(present, joined, at), List.of(mark(joined))));
        });
    }

    private static ItemKey key(ExecutionItem execution) {
        return ItemKey.execution(Run.of(execution.project(), execution.execution()));
    }

    /**
     * Marks an execution as open, so that what is lost of it can be searched for. Of one that succeeded nothing can be:
     * each of its steps was stored. The mark of one that failed is removed by who has looked.
     */
    private TransactWriteItem mark(ExecutionItem execution) {
        ItemKey key = ItemKey.open(execution.project(), execution.execution());
        return execution.status() == ExecutionStatus.SUCCEEDED
                ? TransactWriteItem.builder()
                        .delete(delete -> delete.tableName(table).key(attributes(key)))
                        .build()
                : TransactWriteItem.builder()
                        .put(put -> put.tableName(table).item(item(key, execution.submittedAt())))
                        .build();
    }

    /** Appends an event to its project's feed; the same event written twice is one event to {@link Feed}. */
    public void append(FeedEvent event) {
        Map<String, AttributeValue> item = guarded.feedItem(event, clock.instant(), EVENT_LIFE);
        dynamoDb.putItem(request -> request.tableName(table)
                .item(item)
                .overrideConfiguration(configuration -> configuration.apiCallTimeout(GuardedItems.LATEST_WRITE)));
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
                .map(item -> Records.read(bodies.get(item), type));
    }

    /** Returns all items of a partition whose sort key begins with a text, in the order of the sort key. */
    public <T> Stream<TableEntry<T>> entries(String partition, String prefix, Class<T> type) {
        Map<String, AttributeValue> values = new HashMap<>(Map.of(":pk", AttributeValue.fromS(partition)));
        if (!prefix.isEmpty()) {
            values.put(":prefix", AttributeValue.fromS(prefix));
        }
        return dynamoDb
                .queryPaginator(request -> request.tableName(table)
                        .keyConditionExpression(prefix.isEmpty() ? "pk = :pk" : "pk = :pk AND begins_with(sk, :prefix)")
                        .expressionAttributeValues(values)
                        .consistentRead(true))
                .items()
                .stream()
                .map(item -> new TableEntry<>(key(item), Records.read(bodies.get(item), type)));
    }

    /** Returns the events of a partition of the feed whose sort key is at or above a text, in its order. */
    Stream<FeedEntry> feed(String partition, String from) {
        Map<String, AttributeValue> values =
                Map.of(":pk", AttributeValue.fromS(partition), ":from", AttributeValue.fromS(from));
        return dynamoDb
                .queryPaginator(request -> request.tableName(table)
                        .keyConditionExpression("pk = :pk AND sk >= :from")
                        .expressionAttributeValues(values)
                        .consistentRead(true))
                .items()
                .stream()
                .map(item -> new FeedEntry(
                        ItemKey.writtenAt(text(item, "sk")), Records.read(bodies.get(item), FeedEvent.class)));
    }

    private Map<String, AttributeValue> item(ItemKey key, Object body) {
        Map<String, AttributeValue> item = new HashMap<>(attributes(key));
        bodies.put(item, key, Records.write(body));
        return item;
    }

    private static ItemKey key(Map<String, AttributeValue> item) {
        return new ItemKey(text(item, "pk"), text(item, "sk"));
    }

    private static String text(Map<String, AttributeValue> item, String name) {
        return Objects.requireNonNull(item.get(name), "Every item of a table has its key.")
                .s();
    }

    private static Map<String, AttributeValue> attributes(ItemKey key) {
        return GuardedItems.attributes(key);
    }
}
