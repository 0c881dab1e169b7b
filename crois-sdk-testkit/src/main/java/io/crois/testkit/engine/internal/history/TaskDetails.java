package io.crois.testkit.engine.internal.history;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;
import software.amazon.awssdk.services.sfn.model.HistoryEventType;
import software.amazon.awssdk.services.sfn.model.TaskCredentials;

/** Details of the work that Task states have done elsewhere. */
public sealed interface TaskDetails extends EventDetails {

    /** A service is about to be called. */
    record Scheduled(
            String resourceType,
            String resource,
            String region,
            JsonNode parameters,
            @Nullable Long timeout,
            @Nullable Long heartbeat,
            @Nullable String credentials)
            implements TaskDetails {
        @Override
        public void write(HistoryEvent.Builder event, HistoryEventType type, boolean withData) {
            event.taskScheduledEventDetails(details -> details.resourceType(resourceType)
                    .resource(resource)
                    .region(region)
                    .parameters(withData ? parameters.toString() : "{}")
                    .timeoutInSeconds(timeout)
                    .heartbeatInSeconds(heartbeat)
                    .taskCredentials(role(credentials)));
        }
    }

    /** A function is about to be called by its own ARN. */
    record FunctionScheduled(
            String resource,
            JsonNode input,
            @Nullable Long timeout,
            @Nullable String credentials) implements TaskDetails {
        @Override
        public void write(HistoryEvent.Builder event, HistoryEventType type, boolean withData) {
            event.lambdaFunctionScheduledEventDetails(details -> {
                details.resource(resource).timeoutInSeconds(timeout).taskCredentials(role(credentials));
                Data.write(input, withData, details::input, details::inputDetails);
            });
        }
    }

    /** An activity waits for a worker. */
    record ActivityScheduled(
            String resource,
            JsonNode input,
            @Nullable Long timeout,
            @Nullable Long heartbeat) implements TaskDetails {
        @Override
        public void write(HistoryEvent.Builder event, HistoryEventType type, boolean withData) {
            event.activityScheduledEventDetails(details -> {
                details.resource(resource).timeoutInSeconds(timeout).heartbeatInSeconds(heartbeat);
                Data.write(input, withData, details::input, details::inputDetails);
            });
        }
    }

    /** A service is being called. */
    record Started(String resourceType, String resource) implements TaskDetails {
        @Override
        public void write(HistoryEvent.Builder event, HistoryEventType type, boolean withData) {
            event.taskStartedEventDetails(
                    details -> details.resourceType(resourceType).resource(resource));
        }
    }

    /** A worker has taken an activity's task. */
    record ActivityStarted(@Nullable String workerName) implements TaskDetails {
        @Override
        public void write(HistoryEvent.Builder event, HistoryEventType type, boolean withData) {
            event.activityStartedEventDetails(details -> details.workerName(workerName));
        }
    }

    /** A service answered: its job is submitted, or the task is done. */
    record Answered(String resourceType, String resource, JsonNode output) implements TaskDetails {
        @Override
        public void write(HistoryEvent.Builder event, HistoryEventType type, boolean withData) {
            if (type == HistoryEventType.TASK_SUBMITTED) {
                event.taskSubmittedEventDetails(details -> {
                    details.resourceType(resourceType).resource(resource);
                    Data.write(output, withData, details::output, details::outputDetails);
                });
            } else {
                event.taskSucceededEventDetails(details -> {
                    details.resourceType(resourceType).resource(resource);
                    Data.write(output, withData, details::output, details::outputDetails);
                });
            }
        }
    }

    /** A function or an activity ended well. */
    record Returned(JsonNode output) implements TaskDetails {
        @Override
        public void write(HistoryEvent.Builder event, HistoryEventType type, boolean withData) {
            if (type == HistoryEventType.ACTIVITY_SUCCEEDED) {
                event.activitySucceededEventDetails(
                        details -> Data.write(output, withData, details::output, details::outputDetails));
            } else {
                event.lambdaFunctionSucceededEventDetails(
                        details -> Data.write(output, withData, details::output, details::outputDetails));
            }
        }
    }

    private static @Nullable TaskCredentials role(@Nullable String arn) {
        return arn == null ? null : TaskCredentials.builder().roleArn(arn).build();
    }
}
