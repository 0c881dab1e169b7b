package io.crois.testkit.engine.internal.history;

import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;
import software.amazon.awssdk.services.sfn.model.HistoryEventType;

/**
 * The events of one execution; ids are 1, 2, 3 and so on. Used on the event loop only. There may be millions of them:
 * they stand in columns, and their text is written when somebody asks for it.
 */
public final class History {

    private HistoryEventType[] types = new HistoryEventType[16];
    private int[] previous = new int[16];
    private long[] times = new long[16];
    private @Nullable EventDetails[] details = new EventDetails[16];
    private int size;

    /**
     * Appends an event.
     *
     * @param previous the id of the event that it follows, 0 for none
     * @param time epoch milliseconds
     * @param details {@code null} where the service gives none
     * @return the event's id
     */
    public int add(HistoryEventType type, int previous, long time, @Nullable EventDetails details) {
        if (size == types.length) {
            grow(size + (size >> 1));
        }
        this.types[size] = type;
        this.previous[size] = previous;
        this.times[size] = time;
        this.details[size] = details;
        return ++size;
    }

    private void grow(int length) {
        types = Arrays.copyOf(types, length);
        previous = Arrays.copyOf(previous, length);
        times = Arrays.copyOf(times, length);
        details = Arrays.copyOf(details, length);
    }

    /** Returns how many events there are, which is the id of the last one. */
    public int size() {
        return size;
    }

    /**
     * Returns the event of this id as the service writes it.
     *
     * @param withData whether inputs and outputs are wanted
     */
    public HistoryEvent event(int id, boolean withData) {
        int index = Objects.checkIndex(id - 1, size);
        HistoryEventType type = types[index];
        HistoryEvent.Builder event = HistoryEvent.builder()
                .id((long) id)
                .previousEventId((long) previous[index])
                .timestamp(Instant.ofEpochMilli(times[index]))
                .type(type);
        EventDetails told = details[index];
        if (told != null) {
            told.write(event, type, withData);
        }
        return event.build();
    }
}
