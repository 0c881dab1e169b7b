package io.crois.render;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One attempt of a step.
 *
 * @param step the step's name, below its forEach iterations if it has any: {@code train} or {@code tune[3]/train}
 * @param attempt from 1
 * @param start when the attempt began
 * @param end when it ended, or {@code null} while it goes on; not before {@code start}
 * @param state {@link StepState#RUNNING} exactly while there is no end
 */
public record TimelineEntry(
        String step, int attempt, Instant start, @Nullable Instant end, StepState state) {
    public TimelineEntry {
        if (attempt < 1) {
            throw new IllegalArgumentException("attempt must be at least 1, but was " + attempt + ".");
        }
        if (end != null && end.isBefore(start)) {
            throw new IllegalArgumentException("end must not be before start, but was " + end + ".");
        }
    }

    /** Returns the step's name as its author wrote it, without the iterations round it. */
    public String name() {
        return step.substring(step.lastIndexOf('/') + 1);
    }

    /** Returns how long the attempt took, or has taken until {@code now}; never negative. */
    public Duration length(Instant now) {
        Duration length = Duration.between(start, end == null ? now : end);
        return length.isNegative() ? Duration.ZERO : length;
    }
}
