package io.crois.testkit.time;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;

/** Shows the time of a loop. */
final class LoopClock extends Clock {

    private final EventLoop loop;
    private final ZoneId zone;

    LoopClock(EventLoop loop, ZoneId zone) {
        this.loop = loop;
        this.zone = zone;
    }

    @Override
    public ZoneId getZone() {
        return zone;
    }

    @Override
    public Clock withZone(ZoneId other) {
        return new LoopClock(loop, other);
    }

    @Override
    public Instant instant() {
        return loop.now();
    }
}
