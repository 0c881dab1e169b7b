package io.crois.testkit.engine.internal;

import com.fasterxml.jackson.databind.JsonNode;
import io.crois.testkit.engine.internal.Frame.MapItem;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The items of a distributed Map: those of an array or the pairs of an object, and where each comes from. */
final class MapItems {

    /** The source of items that the state's input or an expression gave. */
    static final String STATE_DATA = "STATE_DATA";

    /** Since then objects are items too, and an item tells of its key and source. */
    private static final LocalDate KEYS_AND_SOURCES = LocalDate.of(2025, 9, 11);

    private final boolean hasKeysAndSources;
    private final List<MapItem> items = new ArrayList<>();

    MapItems(Surroundings surroundings) {
        this.hasKeysAndSources = surroundings.isSince(KEYS_AND_SOURCES);
    }

    /** Adds the items of an array, or the pairs of an object; returns whether the value is one of these. */
    boolean addAll(JsonNode value, String source) {
        if (value.isArray()) {
            value.forEach(item -> add(item, source));
            return true;
        }
        if (!value.isObject() || !hasKeysAndSources) {
            return false;
        }
        for (Map.Entry<String, JsonNode> pair : value.properties()) {
            items.add(new MapItem(items.size(), pair.getValue(), pair.getKey(), source));
        }
        return true;
    }

    /** Adds an item of which no source is told. */
    void add(JsonNode item) {
        items.add(new MapItem(items.size(), item));
    }

    void add(JsonNode item, String source) {
        items.add(new MapItem(items.size(), item, null, hasKeysAndSources ? source : null));
    }

    MapItem get(int index) {
        return items.get(index);
    }

    int size() {
        return items.size();
    }

    /** Drops all items but the first. */
    void limit(long most) {
        if (most < items.size()) {
            items.subList((int) most, items.size()).clear();
        }
    }
}
