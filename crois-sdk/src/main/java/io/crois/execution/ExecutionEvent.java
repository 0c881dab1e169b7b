package io.crois.execution;

import com.fasterxml.jackson.databind.JsonNode;
import io.crois.contract.ExecutionStatus;
import io.crois.contract.Machine;
import io.crois.workflow.Backend;
import io.crois.workflow.FailureClass;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Something that happened in an execution. */
public sealed interface ExecutionEvent {
    /** Returns the name of the execution. */
    String execution();

    /** Returns the name of the workflow. */
    String workflow();

    /** Returns when it happened, as far as is known. */
    Instant time();

    /** An execution was handed to Step Functions. */
    record Submitted(String execution, String workflow, Instant time) implements ExecutionEvent {}

    /** Step Functions runs it. */
    record Started(String execution, String workflow, Instant time) implements ExecutionEvent {}

    /** It has ended; {@code failure} is {@code null} if it succeeded. */
    record Ended(
            String execution,
            String workflow,
            Instant time,
            ExecutionStatus status,
            @Nullable ExecutionFailure failure) implements ExecutionEvent {}

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
            String execution,
            String workflow,
            Instant time,
            StepRef step,
            @Nullable Backend backend,
            @Nullable Machine machine)
            implements OfStep {}

    /** An attempt waits for its machine. */
    record StepQueued(String execution, String workflow, Instant time, StepRef step) implements OfStep {}

    /** Its container runs. */
    record StepStarted(String execution, String workflow, Instant time, StepRef step) implements OfStep {}

    /**
     * The user's program told something.
     *
     * @param line the JSON line it wrote: {@code type} is {@code progress}, {@code metric} or {@code message}
     */
    record StepProgress(String execution, String workflow, Instant time, StepRef step, JsonNode line)
            implements OfStep {
        /** Returns the text that the line holds, if any. */
        public Optional<String> message() {
            return Optional.ofNullable(line.path("message").textValue());
        }
    }

    /** The step's results and artifacts are published. */
    record StepSucceeded(String execution, String workflow, Instant time, StepRef step) implements OfStep {}

    /** The outputs of an equal earlier attempt were taken instead of running it. */
    record StepCached(String execution, String workflow, Instant time, StepRef step) implements OfStep {}

    /** An attempt failed and another follows. */
    record StepRetrying(
            String execution, String workflow, Instant time, StepRef step, FailureClass failureClass, String message)
            implements OfStep {}

    /** An attempt failed and none follows. */
    record StepFailed(
            String execution, String workflow, Instant time, StepRef step, FailureClass failureClass, String message)
            implements OfStep {}

    /** An artifact can be read. */
    record ArtifactPublished(String execution, String workflow, Instant time, StepRef step, String artifact)
            implements OfStep {}
}
