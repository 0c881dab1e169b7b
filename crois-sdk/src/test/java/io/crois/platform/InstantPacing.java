package io.crois.platform;

import io.crois.execution.Pacing;
import java.time.Duration;

/** Does not wait at all. */
final class InstantPacing implements Pacing {
    @Override
    public void pause(Duration duration) {}

    @Override
    public Repetition repeat(Duration interval, Runnable work) {
        throw new UnsupportedOperationException("Nothing is repeated here.");
    }
}
