package io.crois.runtime.agent.http;

import java.time.Duration;

/**
 * How long a server may take.
 *
 * @param connect for a connection to be there
 * @param stall without a byte going one way or the other
 * @param slowest bytes a second below which an exchange is given up, counted after {@code stall}; keeps a server that
 *     sends a byte now and then from holding an exchange for ever
 */
public record HttpLimits(Duration connect, Duration stall, long slowest) {

    /** Five seconds, thirty seconds, 100,000 bytes a second. */
    public static HttpLimits defaults() {
        return new HttpLimits(Duration.ofSeconds(5), Duration.ofSeconds(30), 100_000);
    }

    /** Returns how long an exchange that moves this many bytes may take from its begin to its end. */
    Duration whole(long bytes) {
        return Duration.ofMillis(2 * stall.toMillis() + bytes / Math.max(1, slowest / 1000));
    }
}
