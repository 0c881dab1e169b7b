package io.crois.testkit.engine.internal.history;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
    private static final int LARGEST = 4_096;

    private final List<Columns> full = new ArrayList<>();
    private Columns columns = new Columns(0, FIRST);
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
        if (columns.isFull()) {
            full.add(columns);
            columns = new Columns(size, Math.min(LARGEST, Math.max(FIRST, size)));
        }
        if (timesSize == 0 || times[timesSize - 1] != time) {
            begin(time);
        }
        columns.add((byte) type.ordinal(), previous, details);
        return ++size;
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
        Columns found = columnsOf(index);
        int row = index - found.start;
        HistoryEventType type = TYPES[found.types[row] & 0xFF];
        HistoryEvent.Builder event = HistoryEvent.builder()
                .id((long) id)
                .previousEventId((long) found.previous[row])
                .timestamp(Instant.ofEpochMilli(time(index)))
                .type(type);
        EventDetails told = found.details[row];
        if (told != null) {
            told.write(event, type, withData);
        }
        return event.build();
    }

    private Columns columnsOf(int index) {
        if (index >= columns.start) {
            return columns;
        }
        int low = 0;
        for (int high = full.size() - 1; low < high; ) {
            int middle = (low + high + 1) / 2;
            if (full.get(middle).start <= index) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return full.get(low);
    }

    /** A stretch of events; nothing is copied when one is full. */
    private static final class Columns {

        private final int start;
        private final byte[] types;
        private final int[] previous;
        private final @Nullable EventDetails[] details;
        private int filled;

        private Columns(int start, int length) {
            this.start = start;
            this.types = new byte[length];
            this.previous = new int[length];
            this.details = new EventDetails[length];
        }

        private boolean isFull() {
            return filled == types.length;
        }

        private void add(byte type, int after, @Nullable EventDetails told) {
            types[filled] = type;
            previous[filled] = after;
            details[filled++] = told;
        }
    }
}
