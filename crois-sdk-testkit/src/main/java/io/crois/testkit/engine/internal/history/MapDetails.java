package io.crois.testkit.engine.internal.history;

import software.amazon.awssdk.services.sfn.model.HistoryEvent;
import software.amazon.awssdk.services.sfn.model.HistoryEventType;

/** Details of Map states, their iterations and their map runs. */
public sealed interface MapDetails extends EventDetails {

    /** A Map state begins its iterations. */
    record Started(int length) implements MapDetails {
        @Override
        public void write(HistoryEvent.Builder event, HistoryEventType type, boolean withData) {
            event.mapStateStartedEventDetails(details -> details.length(length));
        }
    }

    /** An iteration begins or ends. */
    record Iteration(String name, int index) implements MapDetails {
        @Override
        public void write(HistoryEvent.Builder event, HistoryEventType type, boolean withData) {
            switch (type) {
                case MAP_ITERATION_STARTED ->
                    event.mapIterationStartedEventDetails(
                            details -> details.name(name).index(index));
                case MAP_ITERATION_SUCCEEDED ->
                    event.mapIterationSucceededEventDetails(
                            details -> details.name(name).index(index));
                case MAP_ITERATION_FAILED ->
                    event.mapIterationFailedEventDetails(
                            details -> details.name(name).index(index));
                default ->
                    event.mapIterationAbortedEventDetails(
                            details -> details.name(name).index(index));
            }
        }
    }

    /** A map run begins. */
    record RunStarted(String mapRunArn) implements MapDetails {
        @Override
        public void write(HistoryEvent.Builder event, HistoryEventType type, boolean withData) {
            event.mapRunStartedEventDetails(details -> details.mapRunArn(mapRunArn));
        }
    }

    /** A map run goes on after a redrive. */
    record RunRedriven(String mapRunArn, int count) implements MapDetails {
        @Override
        public void write(HistoryEvent.Builder event, HistoryEventType type, boolean withData) {
            event.mapRunRedrivenEventDetails(
                    details -> details.mapRunArn(mapRunArn).redriveCount(count));
        }
    }
}
