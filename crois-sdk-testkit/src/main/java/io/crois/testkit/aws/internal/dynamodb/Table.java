package io.crois.testkit.aws.internal.dynamodb;

import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The items of one table, in partitions, each in the order of the sort key. Guarded by the store that owns it. */
public final class Table {

    private static final AttributeValue NO_SORT_KEY = AttributeValue.fromS("");

    private final TableDefinition definition;
    private final NavigableMap<AttributeValue, NavigableMap<AttributeValue, Map<String, AttributeValue>>> partitions =
            new TreeMap<>(Table::order);
    private long items;

    Table(TableDefinition definition) {
        this.definition = definition;
    }

    /** Returns what the table was created with. */
    public TableDefinition definition() {
        return definition;
    }

    /** Returns how many items it holds. */
    public long items() {
        return items;
    }

    /** Returns the item of a key, or {@code null}. */
    public @Nullable Map<String, AttributeValue> get(Map<String, AttributeValue> key) {
        NavigableMap<AttributeValue, Map<String, AttributeValue>> partition = partitions.get(partitionKey(key));
        return partition == null ? null : partition.get(sortKey(key));
    }

    /** Returns the items of a partition in the order of the sort key; empty when there are none. */
    public NavigableMap<AttributeValue, Map<String, AttributeValue>> partition(AttributeValue key) {
        NavigableMap<AttributeValue, Map<String, AttributeValue>> partition = partitions.get(key);
        return partition == null ? new TreeMap<>(Table::order) : partition;
    }

    /**
     * Returns all items behind a key, partition by partition.
     *
     * @param start the key of the last item that was seen, or {@code null}
     */
    public Iterator<Map<String, AttributeValue>> scanAfter(@Nullable Map<String, AttributeValue> start) {
        if (start == null) {
            return partitions.values().stream()
                    .flatMap(partition -> partition.values().stream())
                    .iterator();
        }
        definition.checkKey(start);
        AttributeValue startPartition = partitionKey(start);
        return partitions.tailMap(startPartition, true).entrySet().stream()
                .flatMap(entry -> entry.getKey().equals(startPartition)
                        ? entry.getValue().tailMap(sortKey(start), false).values().stream()
                        : entry.getValue().values().stream())
                .iterator();
    }

    void put(Map<String, AttributeValue> item) {
        NavigableMap<AttributeValue, Map<String, AttributeValue>> partition =
                partitions.computeIfAbsent(partitionKey(item), key -> new TreeMap<>(Table::order));
        if (partition.put(sortKey(item), Map.copyOf(item)) == null) {
            items++;
        }
    }

    void delete(Map<String, AttributeValue> key) {
        NavigableMap<AttributeValue, Map<String, AttributeValue>> partition = partitions.get(partitionKey(key));
        if (partition != null && partition.remove(sortKey(key)) != null) {
            items--;
            if (partition.isEmpty()) {
                partitions.remove(partitionKey(key));
            }
        }
    }

    /** Returns the key attributes of an item. */
    public Map<String, AttributeValue> keyOf(Map<String, AttributeValue> item) {
        Map<String, AttributeValue> key = new HashMap<>();
        definition.keyNames().forEach(name -> key.put(name, attribute(item, name)));
        return Map.copyOf(key);
    }

    private AttributeValue partitionKey(Map<String, AttributeValue> item) {
        return attribute(item, definition.partitionKey());
    }

    /** Returns the sort key of an item; the same for all items of a table that has none. */
    public AttributeValue sortKey(Map<String, AttributeValue> item) {
        String name = definition.sortKey();
        return name == null ? NO_SORT_KEY : attribute(item, name);
    }

    private static int order(AttributeValue left, AttributeValue right) {
        return Values.compare(left, right).orElseThrow();
    }

    private static AttributeValue attribute(Map<String, AttributeValue> item, String name) {
        AttributeValue value = item.get(name);
        if (value == null) {
            throw new IllegalStateException("An item without its key `" + name + "` reached the table.");
        }
        return value;
    }
}
