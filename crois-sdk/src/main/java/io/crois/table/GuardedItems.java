package io.crois.table;

import io.crois.contract.FeedEvent;
import io.crois.contract.ItemKey;
import io.crois.wire.Records;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;

/**
 * Changes items that several writers know something of.
 *
 * <p>Each change reads the item, decides, and writes only over what it has read ({@code rev} counts the writes); else
 * it begins again. The item and the events that tell of the change are one transaction. The events of an item stand in
 * the feed in the order of its changes, also where the clocks of two writers differ: {@code told} keeps the time of the
 * latest one, and the next is later.
 */
final class GuardedItems {
    /** After this time a write is given up, so that readers of the feed know how late an event can be. */
    static final Duration LATEST_WRITE = Duration.ofSeconds(20);

    private static final int MOST_TRIES = 50;
    private static final long SHORTEST_PAUSE_NANOS = Duration.ofMillis(2).toNanos();
    private static final long LONGEST_PAUSE_NANOS = Duration.ofMillis(200).toNanos();
    private static final List<String> RACES = List.of("ConditionalCheckFailed", "TransactionConflict");

    private final DynamoDbClient dynamoDb;
    private final String table;
    private final BodyStore bodies;
    private final Clock clock;

    GuardedItems(DynamoDbClient dynamoDb, String table, BodyStore bodies, Clock clock) {
        this.dynamoDb = dynamoDb;
        this.table = table;
        this.bodies = bodies;
        this.clock = clock;
    }

    /**
     * What is to become of an item.
     *
     * @param events tell of the change, in their order
     * @param also further writes of the same transaction
     */
    record Change<T>(T body, long rank, List<FeedEvent> events, List<TransactWriteItem> also) {}

    /**
     * Changes an item.
     *
     * @param decide takes the present body, {@code null} if there is none; empty leaves the item as it is, as does the
     *     same body
     * @return whether the item was changed
     */
    <T> boolean change(ItemKey key, Class<T> type, Function<@Nullable T, Optional<Change<T>>> decide) {
        for (int tries = 1; ; tries++) {
            Map<String, AttributeValue> present = read(key);
            @Nullable String before = present.isEmpty() ? null : bodies.get(present);
            Optional<Change<T>> change = decide.apply(before == null ? null : Records.read(before, type));
            if (change.isEmpty()) {
                return false;
            }
            String after = Records.write(change.get().body());
            if (after.equals(before)) {
                return false;
            }
            try {
                write(key, present, change.get(), after);
                return true;
            } catch (TransactionCanceledException | TransactionConflictException e) {
                if (!isRace(e) || tries == MOST_TRIES) {
                    throw e;
                }
                pause(tries);
            }
        }
    }

    /** Returns an item with a time to live for the feed. */
    Map<String, AttributeValue> feedItem(FeedEvent event, Instant writtenAt, Duration life) {
        ItemKey key = ItemKey.feed(event, writtenAt);
        Map<String, AttributeValue> item = new HashMap<>(attributes(key));
        bodies.put(item, key, Records.write(event));
        item.put("ttl", number(writtenAt.plus(life).getEpochSecond()));
        return item;
    }

    private Map<String, AttributeValue> read(ItemKey key) {
        Map<String, AttributeValue> item = dynamoDb.getItem(
                        request -> request.tableName(table).key(attributes(key)).consistentRead(true))
                .item();
        return item == null ? Map.of() : item;
    }

    private <T> void write(ItemKey key, Map<String, AttributeValue> present, Change<T> change, String body) {
        Instant first = firstTime(present);
        List<TransactWriteItem> writes = new ArrayList<>();
        writes.add(put(guarded(key, present, change, body, first)));
        for (int i = 0; i < change.events().size(); i++) {
            FeedEvent event = change.events().get(i);
            writes.add(put(Put.builder().item(feedItem(event, first.plusMillis(i), CroisTable.EVENT_LIFE))));
        }
        writes.addAll(change.also());
        dynamoDb.transactWriteItems(request -> request.transactItems(writes)
                .overrideConfiguration(configuration -> configuration.apiCallTimeout(LATEST_WRITE)));
    }

    /** The time of this change's first event: now, but later than the item's latest one. */
    private Instant firstTime(Map<String, AttributeValue> present) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        AttributeValue told = present.get("told");
        Instant after = told == null ? now : Instant.ofEpochMilli(Long.parseLong(told.n()) + 1);
        return after.isAfter(now) ? after : now;
    }

    private <T> Put.Builder guarded(
            ItemKey key, Map<String, AttributeValue> present, Change<T> change, String body, Instant first) {
        Map<String, AttributeValue> item = new HashMap<>(attributes(key));
        bodies.put(item, key, body);
        item.put("rank", number(change.rank()));
        item.put("rev", number(number(present, "rev") + 1));
        int events = change.events().size();
        if (events > 0) {
            item.put("told", number(first.plusMillis(events - 1L).toEpochMilli()));
        } else if (present.containsKey("told")) {
            item.put("told", present.get("told"));
        }
        return Put.builder()
                .item(item)
                .conditionExpression(condition(present))
                .expressionAttributeNames(names(present))
                .expressionAttributeValues(values(present));
    }

    private static String condition(Map<String, AttributeValue> present) {
        if (present.isEmpty()) {
            return "attribute_not_exists(pk)";
        }
        return present.containsKey("rev") ? "#rev = :seen" : "attribute_not_exists(#rev) AND #rank = :seen";
    }

    private static @Nullable Map<String, String> names(Map<String, AttributeValue> present) {
        if (present.isEmpty()) {
            return null;
        }
        return present.containsKey("rev") ? Map.of("#rev", "rev") : Map.of("#rev", "rev", "#rank", "rank");
    }

    private static @Nullable Map<String, AttributeValue> values(Map<String, AttributeValue> present) {
        return present.isEmpty()
                ? null
                : Map.of(":seen", number(number(present, present.containsKey("rev") ? "rev" : "rank")));
    }

    private TransactWriteItem put(Put.Builder put) {
        return TransactWriteItem.builder().put(put.tableName(table).build()).build();
    }

    private static boolean isRace(RuntimeException e) {
        return !(e instanceof TransactionCanceledException canceled)
                || canceled.cancellationReasons().stream()
                        .map(CancellationReason::code)
                        .anyMatch(RACES::contains);
    }

    /** Gives way to the other writers; the more often, the longer. */
    private static void pause(int tries) {
        long longest = Math.min(LONGEST_PAUSE_NANOS, SHORTEST_PAUSE_NANOS << Math.min(tries, 10));
        LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(longest) + 1);
    }

    private static long number(Map<String, AttributeValue> item, String name) {
        AttributeValue value = item.get(name);
        return value == null ? 0 : Long.parseLong(value.n());
    }

    private static AttributeValue number(long value) {
        return AttributeValue.fromN(Long.toString(value));
    }

    static Map<String, AttributeValue> attributes(ItemKey key) {
        return Map.of("pk", AttributeValue.fromS(key.pk()), "sk", AttributeValue.fromS(key.sk()));
    }
}
