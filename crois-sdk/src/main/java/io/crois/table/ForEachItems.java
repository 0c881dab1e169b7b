package io.crois.table;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.crois.contract.ItemKey;
import io.crois.contract.ItemList;
import io.crois.contract.Run;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The items of a forEach: each an item of the table, or a hundred together where it is large; which of the two, a
 * reader need not know. Thread-safe as its table is.
 */
public final class ForEachItems {
    private final CroisTable table;
    private final Run run;
    private final String forEach;

    private ForEachItems(CroisTable table, Run run, String forEach) {
        this.table = table;
        this.run = run;
        this.forEach = forEach;
    }

    /** Returns the items of a forEach; {@code run} is that of the forEach itself. */
    public static ForEachItems of(CroisTable table, Run run, String forEach) {
        return new ForEachItems(table, run, forEach);
    }

    /** Returns how many there are; empty before all of them are stored. */
    public Optional<Integer> count() {
        return table.read(ItemKey.itemCount(run, forEach), Integer.class);
    }

    /** Stores the items, each by itself, and then their number; a number that stands there already stays. */
    public void put(JsonNode items) {
        Map<ItemKey, JsonNode> all = new LinkedHashMap<>();
        for (int i = 0; i < items.size(); i++) {
            all.put(ItemKey.item(run, forEach, i), items.get(i));
        }
        table.putAll(all);
        table.putIfAbsent(ItemKey.itemCount(run, forEach), items.size());
    }

    /** Stores the items, a hundred together, the list of their indexes in the bucket, and then their number. */
    public void putLarge(JsonNode items) {
        Map<ItemKey, ArrayNode> groups = new LinkedHashMap<>();
        ArrayNode indexes = JsonNodeFactory.instance.arrayNode(items.size());
        for (int i = 0; i < items.size(); i++) {
            groups.computeIfAbsent(
                            ItemKey.itemGroup(run, forEach, i),
                            group -> JsonNodeFactory.instance.arrayNode(ItemKey.ITEMS_OF_GROUP))
                    .add(items.get(i));
            indexes.add(i);
        }
        table.putAll(groups);
        table.putObject(list().key(), indexes);
        table.putIfAbsent(ItemKey.itemCount(run, forEach), items.size());
    }

    /** Returns where the list of a large forEach lies. */
    public ItemList list() {
        return ItemList.of(table.bucket(), run, forEach);
    }

    /** Returns an item. */
    public Optional<JsonNode> read(int index) {
        return table.read(ItemKey.item(run, forEach, index), JsonNode.class)
                .or(() -> table.read(ItemKey.itemGroup(run, forEach, index), JsonNode.class)
                        .map(group -> group.get(index % ItemKey.ITEMS_OF_GROUP)));
    }

    /** Returns items by their indexes; what is not there is missing. */
    public Map<Integer, JsonNode> readAll(Collection<Integer> indexes) {
        Set<ItemKey> keys = new LinkedHashSet<>();
        for (int index : indexes) {
            keys.add(ItemKey.item(run, forEach, index));
            keys.add(ItemKey.itemGroup(run, forEach, index));
        }
        Map<ItemKey, JsonNode> found = table.readAll(List.copyOf(keys), JsonNode.class);
        Map<Integer, JsonNode> items = new TreeMap<>();
        for (int index : indexes) {
            JsonNode group = found.get(ItemKey.itemGroup(run, forEach, index));
            JsonNode item = group == null
                    ? found.get(ItemKey.item(run, forEach, index))
                    : group.get(index % ItemKey.ITEMS_OF_GROUP);
            if (item != null) {
                items.put(index, item);
            }
        }
        return items;
    }
}
