package io.crois.execution;

import com.fasterxml.jackson.databind.JsonNode;
import io.crois.contract.ExecutionStatus;
import io.crois.contract.Machine;
import io.crois.contract.StoredArtifact;
import io.crois.workflow.Backend;
import io.crois.workflow.FailureClass;
import io.crois.workflow.Result;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Something that happened in an execution. */
public sealed interface ExecutionEvent {
    /** Returns what names the event: it is the same when the event is told again. */
    String id();

    /** Returns the name of the execution. */
    String execution();

    /** Returns the name of the workflow. */
    String workflow();

    /** Returns when it happened, as far as is known. */
    Instant time();

    /** An execution was handed to Step Functions. */
    record Submitted(String id, String execution, String workflow, Instant time) implements ExecutionEvent {}

    /** Step Functions runs it. */
    record Started(String id, String execution, String workflow, Instant time) implements ExecutionEvent {}

    /** It has ended; {@code failure} is {@code null} if it succeeded. */
    record Ended(
            String id,
            String execution,
            String workflow,
            Instant time,
            ExecutionStatus status,
            @Nullable ExecutionFailure failure)
            implements ExecutionEvent {}

    /** Something that happened in a step. */
    sealed interface OfStep extends ExecutionEvent {
        /** Returns which attempt of which step. */
        StepRef step();
    }

    /**
     * An attempt of a step.
     *
     * @param path the step's name below its forEach iterations, {@code tune[3]/train}
     * @param name the name as its author wrote it
     * @param attempt from 1
     */
    record StepRef(String path, String name, int attempt) {}

    /** An attempt has its order and its machine. */
    record StepPrepared(
            String id,
            String execution,
            String workflow,
            Instant time,
            StepRef step,
            @Nullable Backend backend,
            @Nullable Machine machine)
            implements OfStep {}

    /** An attempt waits for its machine. */
    record StepQueued(String id, String execution, String workflow, Instant time, StepRef step) implements OfStep {}

    /** Its container runs. */
    record StepStarted(String id, String execution, String workflow, Instant time, StepRef step) implements OfStep {}

    /**
     * The user's program told something.
     *
     * @param line the JSON line it wrote: {@code type} is {@code progress}, {@code metric} or {@code message}
     */
    record StepProgress(String id, String execution, String workflow, Instant time, StepRef step, JsonNode line)
            implements OfStep {
        /** Returns the text that the line holds, if any. */
        public Optional<String> message() {
            return Optional.ofNullable(line.path("message").textValue());
        }
    }

    /**
     * The step's results and artifacts are published.
     *
     * @param results by name, as JSON; those that are together longer than 2,000 characters are left out, and are read
     *     with {@link Execution#result}
     */
    record StepSucceeded(
            String id, String execution, String workflow, Instant time, StepRef step, Map<String, JsonNode> results)
            implements OfStep {
        public StepSucceeded {
            results = Map.copyOf(results);
        }

        /** Returns a result of the step, if it reports it and it is not left out. */
        public <T> Optional<T> result(Result<T> result) {
            return Optional.ofNullable(results.get(result.name())).map(json -> Outputs.value(json, result));
        }
    }

    /** The outputs of an equal earlier attempt were taken instead of running it. */
    record StepCached(String id, String execution, String workflow, Instant time, StepRef step) implements OfStep {}

    /** An attempt failed and another follows. */
    record StepRetrying(
            String id,
            String execution,
            String workflow,
            Instant time,
            StepRef step,
            FailureClass failureClass,
            String message)
            implements OfStep {}

    /** An attempt failed and none follows. */
    record StepFailed(
            String id,
            String execution,
            String workflow,
            Instant time,
            StepRef step,
            FailureClass failureClass,
            String message)
            implements OfStep {}

    /**
     * An artifact can be read.
     *
     * @param stored where it lies, how large it is, and its digest
     */
    record ArtifactPublished(
            String id,
            String execution,
            String workflow,
            Instant time,
            StepRef step,
            String artifact,
            StoredArtifact stored)
            implements OfStep {}
}
