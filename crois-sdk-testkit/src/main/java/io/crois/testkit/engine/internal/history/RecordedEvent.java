package io.crois.testkit.engine.internal.history;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;
import software.amazon.awssdk.services.sfn.model.HistoryEventType;

/** An event as it is kept: a history may hold millions of them. */
record RecordedEvent(
        HistoryEventType type,
        int previous,
        long time,
        @Nullable EventDetails details) {

    HistoryEvent write(int id, boolean withData) {
        HistoryEvent.Builder event = HistoryEvent.builder()
                .id((long) id)
                .previousEventId((long) previous)
                .timestamp(Instant.ofEpochMilli(time))
                .type(type);
        if (details != null) {
            details.write(event, type, withData);
        }
        return event.build();
    }
}
