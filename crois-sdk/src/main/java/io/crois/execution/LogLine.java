package io.crois.execution;

import java.time.Instant;

/**
 * A line that a container printed, without the values of secrets.
 *
 * @param time when it was printed
 */
public record LogLine(Instant time, String text) {
    @Override
    public String toString() {
        return time + " " + text;
    }
}
