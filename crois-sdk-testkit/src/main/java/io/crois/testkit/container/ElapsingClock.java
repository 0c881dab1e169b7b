package io.crois.testkit.container;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

/** Shows the time at which a command began until it is said to have elapsed, and then the time that it is. */
final class ElapsingClock extends Clock {

    private final Clock clock;
    private volatile Duration behind;

    ElapsingClock(Clock clock, Duration behind) {
        this.clock = clock;
        this.behind = behind;
    }

    void elapse() {
        behind = Duration.ZERO;
    }

    @Override
    public Instant instant() {
        return clock.instant().minus(behind);
    }

    @Override
    public ZoneId getZone() {
        return clock.getZone();
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return new ElapsingClock(clock.withZone(zone), behind);
    }
}
