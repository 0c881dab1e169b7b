package io.crois.compile;

import com.fasterxml.jackson.databind.JsonNode;
import io.crois.contract.StepSpec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where in an execution a machine runs.
 *
 * @param segments the iterations round it, outermost first, such as {@code tune[3]}; {@code tune[?]} where any of them
 *     is meant
 * @param items the items of these iterations by the names of the loops, where they are known
 * @param step the step that the current iteration of a chain runs
 */
record Place(
        List<String> segments,
        Map<String, JsonNode> items,
        @Nullable StepSpec step) {
    static final Place TOP = new Place(List.of(), Map.of(), null);

    /** Returns the place in one iteration, or in any of them when {@code index} is {@code null}. */
    Place in(String loop, @Nullable Integer index, @Nullable JsonNode item) {
        List<String> longer = Layout.append(segments, loop + "[" + (index == null ? "?" : index) + "]");
        Map<String, JsonNode> more = new HashMap<>(items);
        more.remove(loop);
        if (item != null) {
            more.put(loop, item);
        }
        return new Place(longer, more, null);
    }

    Place at(@Nullable StepSpec chained) {
        return new Place(segments, items, chained);
    }

    /** Returns the place this many blocks deep. */
    Place outer(int depth) {
        return new Place(segments.subList(0, Math.min(depth, segments.size())), items, null);
    }

    /** Returns the index in the innermost iteration of a loop, or {@code null} where it may be any. */
    @Nullable
    Integer indexOf(String loop) {
        for (int i = segments.size() - 1; i >= 0; i--) {
            if (segments.get(i).startsWith(loop + "[")) {
                String index = segments.get(i)
                        .substring(loop.length() + 1, segments.get(i).length() - 1);
                return index.equals("?") ? null : Integer.valueOf(index);
            }
        }
        return null;
    }

    /** Returns how something here is called, such as {@code tune[3]/train}. */
    String path(String name) {
        return segments.isEmpty() ? name : String.join("/", segments) + "/" + name;
    }
}
