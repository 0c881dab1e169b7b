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

    /**
     * Returns what this item and another one of the same step know together, in whatever order they were learned.
     *
     * <p>The later attempt stands alone. Within an attempt the status of the higher rank stands, with its end; what
     * only the other one knows is taken over, and of two starts the earlier. Joining is repeatable: what is known
     * already changes nothing.
     */
    public StepItem joined(StepItem other) {
        if (attempt != other.attempt) {
            return attempt > other.attempt ? this : other;
        }
        StepItem high = other.rank() > rank() ? other : this;
        StepItem low = high == this ? other : this;
        return new StepItem(
                run,
                step,
                high.status,
                attempt,
                known(high.backend, low.backend),
                known(high.machine, low.machine),
                known(high.arn, low.arn),
                known(high.preparedAt, low.preparedAt),
                earlier(high.startedAt, low.startedAt),
                high.endedAt,
                known(high.failure, low.failure),
                known(high.exitCode, low.exitCode));
    }

    /** Returns whether the attempt is over, whether or not another one follows. */
    public boolean over() {
        return status.ended() || status == StepStatus.RETRYING;
    }

    private static <T> @Nullable T known(@Nullable T first, @Nullable T second) {
        return first == null ? second : first;
    }

    static @Nullable Instant earlier(@Nullable Instant one, @Nullable Instant other) {
        if (one == null || other == null) {
            return known(one, other);
        }
        return one.isBefore(other) ? one : other;
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
