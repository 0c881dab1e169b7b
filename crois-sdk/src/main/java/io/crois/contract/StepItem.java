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
}
