package io.crois.workflow;

import java.util.HashMap;
import java.util.Map;

/** Names for elements that the author did not name, counted over one workflow. */
final class Names {
    private final Map<String, Integer> counts = new HashMap<>();

    String next(String kind) {
        return kind + "-" + counts.merge(kind, 1, Integer::sum);
    }
}
