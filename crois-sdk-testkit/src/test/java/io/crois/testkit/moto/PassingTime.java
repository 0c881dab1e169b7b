package io.crois.testkit.moto;

import io.crois.execution.Pacing;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.function.Consumer;

/** A clock that waiting moves. */
public final class PassingTime extends Clock implements Pacing {
    private final Consumer<Duration> passing;
    private Instant now = Instant.parse("2026-03-01T00:00:00Z");

    public PassingTime() {
        this(duration -> {});
    }

    /** Tells something of the time that passes. */
    public PassingTime(Consumer<Duration> passing) {
        this.passing = passing;
    }

    @Override
    public synchronized void pause(Duration duration) {
        now = now.plus(duration);
        passing.accept(duration);
    }

    @Override
    public Repetition repeat(Duration interval, Runnable work) {
        throw new UnsupportedOperationException("Nothing is repeated by this time.");
    }

    @Override
    public synchronized Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
