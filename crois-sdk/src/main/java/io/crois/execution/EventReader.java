package io.crois.execution;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.crois.contract.ExecutionStatus;
import io.crois.contract.FeedEvent;
import io.crois.contract.Json;
import io.crois.contract.StepItem;
import io.crois.contract.TaskReport;
import io.crois.execution.ExecutionEvent.StepRef;
import io.crois.workflow.FailureClass;
import org.jspecify.annotations.Nullable;

/** Turns entries of the feed into what listeners get. */
final class EventReader {
    private static final TaskReport.Failure NO_REASON =
            new TaskReport.Failure(FailureClass.UNKNOWN, "No reason is known.");

    private EventReader() {}

    static ExecutionEvent read(FeedEvent event) {
        String execution = event.run().execution();
        return switch (event.type()) {
            case EXECUTION_SUBMITTED -> new ExecutionEvent.Submitted(execution, event.workflow(), event.time());
            case EXECUTION_STARTED -> new ExecutionEvent.Started(execution, event.workflow(), event.time());
            case EXECUTION_ENDED -> ended(event);
            default -> ofStep(event);
        };
    }

    private static ExecutionEvent ended(FeedEvent event) {
        JsonNode detail = detail(event);
        @Nullable
        ExecutionFailure failure = ExecutionFailure.of(
                        detail.path("error").asText(""), detail.path("cause").asText(""))
                .orElse(null);
        return new ExecutionEvent.Ended(
                event.run().execution(),
                event.workflow(),
                event.time(),
                ExecutionStatus.valueOf(detail.path("status").asText("SUCCEEDED")),
                failure);
    }

    private static ExecutionEvent ofStep(FeedEvent event) {
        String execution = event.run().execution();
        String workflow = event.workflow();
        StepRef step = new StepRef(event.run().scope() + event.step(), String.valueOf(event.step()), event.attempt());
        return switch (event.type()) {
            case STEP_PREPARED -> {
                StepItem item = Json.read(detail(event), StepItem.class);
                yield new ExecutionEvent.StepPrepared(
                        execution, workflow, event.time(), step, item.backend(), item.machine());
            }
            case STEP_QUEUED -> new ExecutionEvent.StepQueued(execution, workflow, event.time(), step);
            case STEP_STARTED -> new ExecutionEvent.StepStarted(execution, workflow, event.time(), step);
            case STEP_PROGRESS ->
                new ExecutionEvent.StepProgress(execution, workflow, event.time(), step, detail(event));
            case STEP_SUCCEEDED -> new ExecutionEvent.StepSucceeded(execution, workflow, event.time(), step);
            case STEP_CACHED -> new ExecutionEvent.StepCached(execution, workflow, event.time(), step);
            case STEP_RETRYING -> {
                TaskReport.Failure failure = failure(event);
                yield new ExecutionEvent.StepRetrying(
                        execution, workflow, event.time(), step, failure.failureClass(), failure.message());
            }
            case STEP_FAILED -> {
                TaskReport.Failure failure = failure(event);
                yield new ExecutionEvent.StepFailed(
                        execution, workflow, event.time(), step, failure.failureClass(), failure.message());
            }
            case ARTIFACT_PUBLISHED ->
                new ExecutionEvent.ArtifactPublished(
                        execution,
                        workflow,
                        event.time(),
                        step,
                        detail(event).path("artifact").asText());
            default -> throw new IllegalStateException(event.type() + " is no event of a step.");
        };
    }

    private static TaskReport.Failure failure(FeedEvent event) {
        TaskReport.@Nullable Failure failure =
                Json.read(detail(event), StepItem.class).failure();
        return failure == null ? NO_REASON : failure;
    }

    private static JsonNode detail(FeedEvent event) {
        @Nullable JsonNode detail = event.detail();
        return detail == null ? MissingNode.getInstance() : detail;
    }
}
