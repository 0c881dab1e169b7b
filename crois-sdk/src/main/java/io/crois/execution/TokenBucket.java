package io.crois.execution;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Hands out the calls that a rate allows, in the order in which they are asked for. Thread-safe: a caller reserves its
 * place at once and waits for it without holding anything.
 */
final class TokenBucket {
    private static final double NANOS = 1e9;

    private final Clock clock;
    private final Pacing pacing;
    private final Duration between;
    private final Duration saved;
    private Instant next = Instant.MIN;

    TokenBucket(RateLimits.Rate rate, Clock clock, Pacing pacing) {
        this.clock = clock;
        this.pacing = pacing;
        this.between = Duration.ofNanos((long) Math.ceil(NANOS / rate.perSecond()));
        this.saved = between.multipliedBy(rate.burst() - 1L);
    }

    /** Waits until another call is allowed. */
    void take() throws InterruptedException {
        Instant allowed = reserve();
        for (Instant now = clock.instant(); now.isBefore(allowed); now = clock.instant()) {
            pacing.pause(Duration.between(now, allowed));
        }
    }

    /** Returns when the reserved call may be made: what was not used is saved up to the burst. */
    private synchronized Instant reserve() {
        Instant earliest = clock.instant().minus(saved);
        Instant mine = next.isBefore(earliest) ? earliest : next;
        next = mine.plus(between);
        return mine;
    }
}
