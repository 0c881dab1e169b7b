package io.crois.runtime.agent.aws;

import io.crois.contract.FeedEvent;
import io.crois.contract.ItemKey;
import io.crois.contract.TaskOrder;
import io.crois.contract.TaskReport;
import java.util.Optional;

/**
 * What the agent does with the table. Everything may be called again and throws {@link ServiceFailure}. Thread-safe.
 */
public interface TaskTable {

    /**
     * Returns an order, read with strong consistency; empty when there is none.
     *
     * @throws IllegalArgumentException if the item's body is not the JSON of one
     */
    Optional<TaskOrder> order(ItemKey key);

    /** Writes a report, replacing what is there. */
    void report(ItemKey key, TaskReport report);

    /** Appends an event to its project's feed. */
    void append(FeedEvent event);
}
