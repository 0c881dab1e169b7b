package io.crois.runtime.agent.aws;

import io.crois.contract.FeedEvent;
import io.crois.contract.ItemKey;
import java.util.Optional;

/**
 * What the agent does with the table. Everything may be called again and throws {@link ServiceFailure}. Thread-safe.
 */
public interface TaskTable {

    /**
     * Returns the body of an item, read with strong consistency; empty when there is none.
     *
     * @throws IllegalArgumentException if it is not the JSON of such a record
     */
    <T> Optional<T> read(ItemKey key, Class<T> type);

    /** Writes an item, replacing what is there. */
    void put(ItemKey key, Object body);

    /** Appends an event to its project's feed. */
    void append(FeedEvent event);
}
