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

    private static final HistoryEventType[] TYPES = HistoryEventType.values();
    private static final int FIRST = 16;

    private byte[] types = new byte[FIRST];
    private int[] previous = new int[FIRST];
    private @Nullable EventDetails[] details = new EventDetails[FIRST];
    private int size;

    /** The times, each with the index of the first event that has it: many events happen at the same time. */
    private long[] times = new long[FIRST];

    private int[] beginnings = new int[FIRST];
    private int timesSize;

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
        if (timesSize == 0 || times[timesSize - 1] != time) {
            begin(time);
        }
        this.types[size] = (byte) type.ordinal();
        this.previous[size] = previous;
        this.details[size] = details;
        return ++size;
    }

    private void grow(int length) {
        types = Arrays.copyOf(types, length);
        previous = Arrays.copyOf(previous, length);
        details = Arrays.copyOf(details, length);
    }

    private void begin(long time) {
        if (timesSize == times.length) {
            times = Arrays.copyOf(times, timesSize + (timesSize >> 1));
            beginnings = Arrays.copyOf(beginnings, timesSize + (timesSize >> 1));
        }
        times[timesSize] = time;
        beginnings[timesSize++] = size;
    }

    private long time(int index) {
        int found = Arrays.binarySearch(beginnings, 0, timesSize, index);
        return times[found >= 0 ? found : -found - 2];
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
        HistoryEventType type = TYPES[types[index] & 0xFF];
        HistoryEvent.Builder event = HistoryEvent.builder()
                .id((long) id)
                .previousEventId((long) previous[index])
                .timestamp(Instant.ofEpochMilli(time(index)))
                .type(type);
        EventDetails told = details[index];
        if (told != null) {
            told.write(event, type, withData);
        }
        return event.build();
    }
}
