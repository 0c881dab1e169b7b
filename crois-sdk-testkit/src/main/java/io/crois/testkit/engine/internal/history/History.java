package io.crois.testkit.engine.internal.history;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;
import software.amazon.awssdk.services.sfn.model.HistoryEventType;

/** The events of one execution; ids are 1, 2, 3 and so on. Used on the event loop only. */
public final class History {

    private final List<RecordedEvent> events = new ArrayList<>();

    /**
     * Appends an event.
     *
     * @param previous the id of the event that it follows, 0 for none
     * @param time epoch milliseconds
     * @param details {@code null} where the service gives none
     * @return the event's id
     */
    public int add(HistoryEventType type, int previous, long time, @Nullable EventDetails details) {
        events.add(new RecordedEvent(type, previous, time, details));
        return events.size();
    }

    /** Returns how many events there are, which is the id of the last one. */
    public int size() {
        return events.size();
    }

    /**
     * Returns the event of this id as the service writes it.
     *
     * @param withData whether inputs and outputs are wanted
     */
    public HistoryEvent event(int id, boolean withData) {
        return events.get(id - 1).write(id, withData);
    }
}
