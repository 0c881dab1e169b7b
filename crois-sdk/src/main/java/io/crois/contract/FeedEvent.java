package io.crois.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a project's append-only feed.
 *
 * @param id derived from what happened, so that a repeated write is the same event
 * @param step {@code null} for events of the execution
 * @param attempt 0 for events of the execution
 * @param detail what belongs to the type, as docs/status.md has it; a line of the event file or a stored artifact, else
 *     members of the step item or execution item
 */
public record FeedEvent(
        String id,
        Instant time,
        Type type,
        Run run,
        String workflow,
        @Nullable String step,
        int attempt,
        @Nullable JsonNode detail) {

    /** Returns an event of an attempt of a step with its derived id. */
    public static FeedEvent ofStep(
            Type type, Instant time, Run run, String workflow, String step, int attempt, @Nullable JsonNode detail) {
        String id = run.execution() + "/" + run.scope() + step + "#" + attempt + "#" + type;
        return new FeedEvent(id, time, type, run, workflow, step, attempt, detail);
    }

    /** Returns an event of an execution with its derived id. */
    public static FeedEvent ofExecution(
            Type type, Instant time, Run run, String workflow, int redriveCount, @Nullable JsonNode detail) {
        String id = run.execution() + "#" + redriveCount + "#" + type;
        return new FeedEvent(id, time, type, run, workflow, null, 0, detail);
    }

    /** Returns the event that tells that Step Functions runs an execution, at first or again. */
    public static FeedEvent started(ExecutionItem item, Instant at) {
        Run run = Run.of(item.project(), item.execution());
        return ofExecution(Type.EXECUTION_STARTED, at, run, item.workflow(), item.redriveCount(), null);
    }

    /** Returns the event that tells of a closed execution: its status, error and cause. */
    public static FeedEvent ended(ExecutionItem item) {
        Instant end = Objects.requireNonNull(item.endedAt(), "A closed execution has its end.");
        ObjectNode detail = JsonNodeFactory.instance
                .objectNode()
                .put("status", item.status().name());
        detail.put("error", item.error()).put("cause", item.cause());
        Run run = Run.of(item.project(), item.execution());
        return ofExecution(Type.EXECUTION_ENDED, end, run, item.workflow(), item.redriveCount(), detail);
    }

    /** Returns the same event with its own place in a sequence of events of the same type. */
    public FeedEvent numbered(long number) {
        return new FeedEvent(id + "#" + number, time, type, run, workflow, step, attempt, detail);
    }

    /** What happened. */
    public enum Type {
        EXECUTION_SUBMITTED,
        EXECUTION_STARTED,
        EXECUTION_ENDED,
        STEP_PREPARED,
        STEP_QUEUED,
        STEP_STARTED,
        STEP_PROGRESS,
        STEP_SUCCEEDED,
        STEP_FAILED,
        STEP_RETRYING,
        STEP_CACHED,
        ARTIFACT_PUBLISHED
    }
}
