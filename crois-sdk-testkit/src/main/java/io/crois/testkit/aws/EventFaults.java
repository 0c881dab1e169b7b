package io.crois.testkit.aws;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;

/**
 * How events reach the targets of rules: Amazon EventBridge may deliver late, twice and in another order, and some
 * services' events may be lost.
 *
 * <p>Faults add up: {@code EventFaults.none().repeating().disordered(random, Duration.ofMinutes(1))}.
 */
@FunctionalInterface
public interface EventFaults {

    /** How long an event takes to its target. */
    Duration LATENCY = Duration.ofMillis(100);

    /**
     * Decides about one event and one target.
     *
     * @param event the whole event, with {@code source}, {@code detail-type} and {@code detail}
     * @param targetArn the target
     * @return after how long the event arrives; none if it is lost, several if it arrives more than once
     */
    List<Duration> arrivals(JsonNode event, String targetArn);

    /** Every event arrives once, after {@link #LATENCY}, and in order. */
    static EventFaults none() {
        return (event, targetArn) -> List.of(LATENCY);
    }

    /** Loses the events that the condition holds for. */
    default EventFaults losing(Predicate<JsonNode> lost) {
        return (event, targetArn) -> lost.test(event) ? List.of() : arrivals(event, targetArn);
    }

    /** Delivers every event twice, the second time at the same time as the first. */
    default EventFaults repeating() {
        return (event, targetArn) -> arrivals(event, targetArn).stream()
                .flatMap(time -> List.of(time, time).stream())
                .toList();
    }

    /**
     * Delivers every event later by a random time, so that events overtake each other.
     *
     * @param random decides; the same seed gives the same order
     * @param atMost the longest time that is added
     * @throws IllegalArgumentException if that time is negative
     */
    default EventFaults disordered(Random random, Duration atMost) {
        if (atMost.isNegative()) {
            throw new IllegalArgumentException("atMost must not be negative, but was " + atMost + ".");
        }
        return (event, targetArn) -> arrivals(event, targetArn).stream()
                .map(time -> time.plusNanos((long) (random.nextDouble() * atMost.toNanos())))
                .toList();
    }
}
