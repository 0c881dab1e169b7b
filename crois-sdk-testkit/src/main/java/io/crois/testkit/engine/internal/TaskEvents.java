package io.crois.testkit.engine.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crois.testkit.engine.TaskResource;
import io.crois.testkit.engine.TaskResource.Kind;
import io.crois.testkit.engine.TaskResource.WaitPattern;
import io.crois.testkit.engine.internal.expression.StatesError;
import io.crois.testkit.engine.internal.history.FailureDetails;
import io.crois.testkit.engine.internal.history.TaskDetails;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sfn.model.HistoryEventType;

/** Records what happens to a task, in the events of its kind: a service, a function or an activity. */
final class TaskEvents {

    private final Frame frame;
    private final TaskResource resource;

    TaskEvents(Frame frame, TaskResource resource) {
        this.frame = frame;
        this.resource = resource;
    }

    /** Returns who is named when a result is too large. */
    String producer() {
        return resource.kind() == Kind.INTEGRATION ? resource.service() : resource.arn();
    }

    void scheduled(JsonNode arguments, @Nullable Long timeout, @Nullable Long heartbeat, @Nullable String role) {
        switch (resource.kind()) {
            case FUNCTION ->
                frame.record(
                        HistoryEventType.LAMBDA_FUNCTION_SCHEDULED,
                        new TaskDetails.FunctionScheduled(resource.arn(), arguments, timeout, role));
            case ACTIVITY ->
                frame.record(
                        HistoryEventType.ACTIVITY_SCHEDULED,
                        new TaskDetails.ActivityScheduled(resource.arn(), arguments, timeout, heartbeat));
            default ->
                frame.record(
                        HistoryEventType.TASK_SCHEDULED,
                        new TaskDetails.Scheduled(
                                resource.service(),
                                resource.actionAndPattern(),
                                frame.execution().surroundings().region(),
                                sent(arguments),
                                timeout,
                                heartbeat,
                                role));
        }
    }

    /**
     * Returns the arguments as they are sent: Step Functions says itself who started a task of ECS that it waits for.
     */
    private JsonNode sent(JsonNode arguments) {
        boolean isWatchedTask = resource.service().equals("ecs")
                && resource.action().equals("runTask")
                && resource.pattern() == WaitPattern.SYNC;
        return isWatchedTask && arguments instanceof ObjectNode object
                ? object.deepCopy().put("StartedBy", "AWS Step Functions")
                : arguments;
    }

    void started(@Nullable String workerName) {
        switch (resource.kind()) {
            case FUNCTION -> frame.record(HistoryEventType.LAMBDA_FUNCTION_STARTED, null);
            case ACTIVITY ->
                frame.record(HistoryEventType.ACTIVITY_STARTED, new TaskDetails.ActivityStarted(workerName));
            default ->
                frame.record(
                        HistoryEventType.TASK_STARTED,
                        new TaskDetails.Started(resource.service(), resource.actionAndPattern()));
        }
    }

    void succeeded(JsonNode output) {
        switch (resource.kind()) {
            case FUNCTION -> frame.record(HistoryEventType.LAMBDA_FUNCTION_SUCCEEDED, new TaskDetails.Returned(output));
            case ACTIVITY -> frame.record(HistoryEventType.ACTIVITY_SUCCEEDED, new TaskDetails.Returned(output));
            default ->
                frame.record(
                        HistoryEventType.TASK_SUCCEEDED,
                        new TaskDetails.Answered(resource.service(), resource.actionAndPattern(), output));
        }
    }

    void failed(StatesError error) {
        end(
                HistoryEventType.LAMBDA_FUNCTION_FAILED,
                HistoryEventType.ACTIVITY_FAILED,
                HistoryEventType.TASK_FAILED,
                error);
    }

    void timedOut(StatesError error) {
        end(
                HistoryEventType.LAMBDA_FUNCTION_TIMED_OUT,
                HistoryEventType.ACTIVITY_TIMED_OUT,
                HistoryEventType.TASK_TIMED_OUT,
                error);
    }

    private void end(
            HistoryEventType ofFunction, HistoryEventType ofActivity, HistoryEventType ofService, StatesError error) {
        switch (resource.kind()) {
            case FUNCTION -> frame.record(ofFunction, new FailureDetails.Failure(error.error(), error.cause()));
            case ACTIVITY -> frame.record(ofActivity, new FailureDetails.Failure(error.error(), error.cause()));
            default ->
                frame.record(
                        ofService,
                        new FailureDetails.TaskFailure(
                                resource.service(), resource.actionAndPattern(), error.error(), error.cause()));
        }
    }
}
