package io.crois.testkit.engine.internal.history;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;
import software.amazon.awssdk.services.sfn.model.HistoryEventType;

/** An error and its cause, in the many fields that the service has for them. */
public sealed interface FailureDetails extends EventDetails {

    /** An execution, a function, an activity or a map run failed, timed out or was aborted. */
    record Failure(@Nullable String error, @Nullable String cause) implements FailureDetails {
        @Override
        public void write(HistoryEvent.Builder event, HistoryEventType type, boolean withData) {
            switch (type) {
                case EXECUTION_FAILED ->
                    event.executionFailedEventDetails(
                            details -> details.error(error).cause(cause));
                case EXECUTION_ABORTED ->
                    event.executionAbortedEventDetails(
                            details -> details.error(error).cause(cause));
                case EXECUTION_TIMED_OUT ->
                    event.executionTimedOutEventDetails(
                            details -> details.error(error).cause(cause));
                case LAMBDA_FUNCTION_FAILED ->
                    event.lambdaFunctionFailedEventDetails(
                            details -> details.error(error).cause(cause));
                case LAMBDA_FUNCTION_TIMED_OUT ->
                    event.lambdaFunctionTimedOutEventDetails(
                            details -> details.error(error).cause(cause));
                case ACTIVITY_FAILED ->
                    event.activityFailedEventDetails(
                            details -> details.error(error).cause(cause));
                case ACTIVITY_TIMED_OUT ->
                    event.activityTimedOutEventDetails(
                            details -> details.error(error).cause(cause));
                case MAP_RUN_FAILED ->
                    event.mapRunFailedEventDetails(
                            details -> details.error(error).cause(cause));
                default ->
                    throw new IllegalStateException("An event of type `" + type
                            + "` has no failure. This is a bug in Crois, please report it.");
            }
        }
    }

    /** A service task failed or timed out. */
    record TaskFailure(
            String resourceType,
            String resource,
            @Nullable String error,
            @Nullable String cause) implements FailureDetails {
        @Override
        public void write(HistoryEvent.Builder event, HistoryEventType type, boolean withData) {
            if (type == HistoryEventType.TASK_TIMED_OUT) {
                event.taskTimedOutEventDetails(details -> details.resourceType(resourceType)
                        .resource(resource)
                        .error(error)
                        .cause(cause));
            } else {
                event.taskFailedEventDetails(details -> details.resourceType(resourceType)
                        .resource(resource)
                        .error(error)
                        .cause(cause));
            }
        }
    }

    /** An expression could not be evaluated. */
    record Evaluation(
            String state,
            @Nullable String location,
            @Nullable String error,
            @Nullable String cause) implements FailureDetails {
        @Override
        public void write(HistoryEvent.Builder event, HistoryEventType type, boolean withData) {
            event.evaluationFailedEventDetails(details ->
                    details.state(state).location(location).error(error).cause(cause));
        }
    }
}
