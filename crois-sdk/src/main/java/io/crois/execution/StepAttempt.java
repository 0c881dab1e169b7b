package io.crois.execution;

import io.crois.contract.Machine;
import io.crois.contract.StepStatus;
import io.crois.contract.TaskReport;
import io.crois.workflow.Backend;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One attempt of a step.
 *
 * @param step the step's name, below its forEach iterations if it has any: {@code train} or {@code tune[3]/train}
 * @param attempt from 1
 * @param status how far it has come; {@code RETRYING} if a later attempt follows it
 * @param backend {@code null} where it is not known any more
 * @param machine {@code null} where it is not known any more
 * @param start when it was prepared or, where that is not known any more, when its container began
 * @param end {@code null} while it goes on
 * @param failure {@code null} unless it failed
 * @param exitCode of the command; {@code null} where it is not known
 */
public record StepAttempt(
        String step,
        int attempt,
        StepStatus status,
        @Nullable Backend backend,
        @Nullable Machine machine,
        Instant start,
        @Nullable Instant end,
        TaskReport.@Nullable Failure failure,
        @Nullable Integer exitCode) {

    /** Returns the step's name as its author wrote it, without the iterations round it. */
    public String name() {
        return step.substring(step.lastIndexOf('/') + 1);
    }

    /** Returns what went wrong, in a sentence. */
    public Optional<String> failureMessage() {
        return Optional.ofNullable(failure).map(TaskReport.Failure::message);
    }
}
