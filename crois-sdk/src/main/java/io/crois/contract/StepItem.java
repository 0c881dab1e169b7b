package io.crois.contract;

import io.crois.workflow.Backend;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The latest status of a step; the body of a {@code STEP#} item. Times that are not known yet are {@code null}.
 *
 * @param arn the ECS task or Batch job
 */
public record StepItem(
        Run run,
        String step,
        StepStatus status,
        int attempt,
        @Nullable Backend backend,
        @Nullable Machine machine,
        @Nullable String arn,
        @Nullable Instant preparedAt,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        TaskReport.@Nullable Failure failure,
        @Nullable Integer exitCode) {

    /** Returns the rank that guards the item. */
    public long rank() {
        return status.rank(attempt);
    }

    /** Returns the item of an attempt of which nothing else is known yet. */
    public static StepItem unknown(Run run, String step, int attempt) {
        return new StepItem(run, step, StepStatus.PREPARED, attempt, null, null, null, null, null, null, null, null);
    }

    /** Returns this item further on its way; what is known already stays. */
    public StepItem moved(StepStatus to, @Nullable String taskArn, @Nullable Instant started) {
        return new StepItem(
                run,
                step,
                to,
                attempt,
                backend,
                machine,
                arn == null ? taskArn : arn,
                preparedAt,
                startedAt == null ? started : startedAt,
                endedAt,
                failure,
                exitCode);
    }

    /** Returns this item at the end of its attempt. */
    public StepItem ended(StepStatus to, Instant at, TaskReport.@Nullable Failure reason, @Nullable Integer code) {
        return new StepItem(run, step, to, attempt, backend, machine, arn, preparedAt, startedAt, at, reason, code);
    }
}
