package io.crois.contract;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a state machine asks of {@code crois-store}; the answer is {@code {run}}.
 *
 * @param task what Step Functions said of the task or job; {@code null} where it is not passed on
 */
public record StoreRequest(
        Run run,
        String workflow,
        String step,
        String spec,
        String order,
        int attempt,
        @Nullable Task task) {

    /**
     * A task or job that has ended well.
     *
     * @param startedAt when its container began, in milliseconds since 1970
     */
    public record Task(@Nullable String arn, @Nullable Long startedAt) {

        /** Returns when its container began, if that is known. */
        public @Nullable Instant start() {
            return startedAt == null ? null : Instant.ofEpochMilli(startedAt);
        }
    }
}
