package io.crois.execution;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.crois.contract.ExecutionStatus;
import io.crois.contract.FeedEvent;
import io.crois.contract.Json;
import io.crois.contract.StepItem;
import io.crois.contract.StoredArtifact;
import io.crois.contract.TaskReport;
import io.crois.execution.ExecutionEvent.StepRef;
import io.crois.workflow.FailureClass;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns entries of the feed into what listeners get. */
final class EventReader {
    private static final TaskReport.Failure NO_REASON =
            new TaskReport.Failure(FailureClass.UNKNOWN, "No reason is known.");

    private EventReader() {}

    static ExecutionEvent read(FeedEvent event) {
        String execution = event.run().execution();
        return switch (event.type()) {
            case EXECUTION_SUBMITTED ->
                new ExecutionEvent.Submitted(event.id(), execution, event.workflow(), event.time());
            case EXECUTION_STARTED -> new ExecutionEvent.Started(event.id(), execution, event.workflow(), event.time());
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
                event.id(),
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
                        event.id(), execution, workflow, event.time(), step, item.backend(), item.machine());
            }
            case STEP_QUEUED -> new ExecutionEvent.StepQueued(event.id(), execution, workflow, event.time(), step);
            case STEP_STARTED -> new ExecutionEvent.StepStarted(event.id(), execution, workflow, event.time(), step);
            case STEP_PROGRESS ->
                new ExecutionEvent.StepProgress(event.id(), execution, workflow, event.time(), step, detail(event));
            case STEP_SUCCEEDED ->
                new ExecutionEvent.StepSucceeded(event.id(), execution, workflow, event.time(), step, results(event));
            case STEP_CACHED -> new ExecutionEvent.StepCached(event.id(), execution, workflow, event.time(), step);
            case STEP_RETRYING -> {
                TaskReport.Failure failure = failure(event);
                yield new ExecutionEvent.StepRetrying(
                        event.id(), execution, workflow, event.time(), step, failure.failureClass(), failure.message());
            }
            case STEP_FAILED -> {
                TaskReport.Failure failure = failure(event);
                yield new ExecutionEvent.StepFailed(
                        event.id(), execution, workflow, event.time(), step, failure.failureClass(), failure.message());
            }
            case ARTIFACT_PUBLISHED ->
                new ExecutionEvent.ArtifactPublished(
                        event.id(),
                        execution,
                        workflow,
                        event.time(),
                        step,
                        detail(event).path("artifact").asText(),
                        Json.read(detail(event), StoredArtifact.class));
            default -> throw new IllegalStateException(event.type() + " is no event of a step.");
        };
    }

    private static Map<String, JsonNode> results(FeedEvent event) {
        Map<String, JsonNode> results = new HashMap<>();
        detail(event).path("results").fields().forEachRemaining(one -> results.put(one.getKey(), one.getValue()));
        return results;
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
