package io.crois.testkit.engine.internal;

import java.util.EnumMap;
import java.util.Map;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/** How the executions of a map run have ended: so many of them, and so many items. */
final class MapRunCounts {
    private final Map<ExecutionStatus, Long> executions = new EnumMap<>(ExecutionStatus.class);
    private final Map<ExecutionStatus, Long> items = new EnumMap<>(ExecutionStatus.class);

    void add(ExecutionStatus end, long itemsOfIt) {
        executions.merge(end, 1L, Long::sum);
        items.merge(end, itemsOfIt, Long::sum);
    }

    void clear() {
        executions.clear();
        items.clear();
    }

    long of(ExecutionStatus end, boolean inItems) {
        return (inItems ? items : executions).getOrDefault(end, 0L);
    }

    /** Returns how many items did not succeed. */
    long failedItems() {
        return items.entrySet().stream()
                .filter(entry -> entry.getKey() != ExecutionStatus.SUCCEEDED)
                .mapToLong(Map.Entry::getValue)
                .sum();
    }
}
