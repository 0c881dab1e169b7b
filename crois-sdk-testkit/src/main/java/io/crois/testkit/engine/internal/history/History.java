package io.crois.testkit.engine.internal.history;

import com.fasterxml.jackson.databind.JsonNode;
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

    private static final EventHead[] HEADS = Arrays.stream(HistoryEventType.values())
            .map(type -> new EventHead(type, null))
            .toArray(EventHead[]::new);
    private static final int FIRST = 16;
    private static final int LARGEST = 4_096;

    private final List<Columns> full = new ArrayList<>();
    private Columns columns = new Columns(0, FIRST);
    private int size;

    /** The size at which the last columns are full. */
    private int end = FIRST;

    /** The times, each with the index of the first event that has it: many events happen at the same time. */
    private long[] times = new long[FIRST];

    private int[] beginnings = new int[FIRST];
    private int timesSize;
    private long lastTime = Long.MIN_VALUE;

    /**
     * Appends an event.
     *
     * @param previous the id of the event that it follows, 0 for none
     * @param time epoch milliseconds
     * @param details {@code null} where the service gives none
     * @return the event's id
     */
    public int add(HistoryEventType type, int previous, long time, @Nullable EventDetails details) {
        return add(HEADS[type.ordinal()], previous, time, (Object) details);
    }

    /**
     * Appends the event of a state's beginning, or of its end if it assigns no variables: most events are of these.
     *
     * @param data the state's input or output
     * @return the event's id
     */
    public int add(EventHead head, int previous, long time, JsonNode data) {
        return add(head, previous, time, (Object) data);
    }

    private int add(EventHead head, int previous, long time, @Nullable Object told) {
        if (size == end) {
            full.add(columns);
            columns = new Columns(size, Math.min(LARGEST, Math.max(FIRST, size)));
            end = size + columns.heads.length;
        }
        if (time != lastTime) {
            begin(time);
        }
        columns.set(size - columns.start, head, previous, told);
        return ++size;
    }

    private void begin(long time) {
        if (timesSize == times.length) {
            times = Arrays.copyOf(times, timesSize + (timesSize >> 1));
            beginnings = Arrays.copyOf(beginnings, timesSize + (timesSize >> 1));
        }
        times[timesSize] = time;
        beginnings[timesSize++] = size;
        lastTime = time;
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
        HistoryEventType type = found.heads[row].type();
        HistoryEvent.Builder event = HistoryEvent.builder()
                .id((long) id)
                .previousEventId((long) found.previous[row])
                .timestamp(Instant.ofEpochMilli(time(index)))
                .type(type);
        EventDetails told = found.details(row);
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
        private final EventHead[] heads;
        private final int[] previous;

        /** What is told besides: {@link EventDetails}, or the JSON with which a state begins or ends. */
        private final @Nullable Object[] told;

        private Columns(int start, int length) {
            this.start = start;
            this.heads = new EventHead[length];
            this.previous = new int[length];
            this.told = new Object[length];
        }

        private void set(int row, EventHead head, int after, @Nullable Object what) {
            heads[row] = head;
            previous[row] = after;
            told[row] = what;
        }

        private @Nullable EventDetails details(int row) {
            String state = heads[row].state();
            if (state == null) {
                return (EventDetails) told[row];
            }
            JsonNode data = (JsonNode) Objects.requireNonNull(told[row]);
            return heads[row].type().name().endsWith("_ENTERED")
                    ? new StateDetails.Entered(state, data)
                    : new StateDetails.Exited(state, data, null);
        }
    }
}
