package io.crois.testkit.engine.internal.history;

import software.amazon.awssdk.services.sfn.model.HistoryEvent;
import software.amazon.awssdk.services.sfn.model.HistoryEventType;

/** What an event tells besides its type. */
public sealed interface EventDetails permits ExecutionDetails, FailureDetails, MapDetails, StateDetails, TaskDetails {

    /** Adds the details to an event of this type, in the field that the service uses for it. */
    void write(HistoryEvent.Builder event, HistoryEventType type, boolean withData);
}
