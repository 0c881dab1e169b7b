package io.crois.testkit.aws.internal.events;

import com.fasterxml.jackson.databind.JsonNode;

/** Which events a rule is for. */
public final class EventPattern {

    private final Match match;

    private EventPattern(Match match) {
        this.match = match;
    }

    /**
     * Reads a pattern: exact values, {@code prefix}, {@code suffix}, {@code anything-but}, {@code exists},
     * {@code numeric}, {@code equals-ignore-case}, {@code wildcard} and {@code $or}.
     *
     * @throws software.amazon.awssdk.services.eventbridge.model.InvalidEventPatternException if it makes no sense
     * @throws UnsupportedOperationException if it matches by {@code cidr}
     */
    public static EventPattern parse(String json) {
        return new EventPattern(PatternReader.read(json));
    }

    /** Says whether a rule with this pattern is for the event. */
    public boolean matches(JsonNode event) {
        return match.test(event);
    }

    /** Decides about the value of a field; a field that is not there has a missing node. */
    @FunctionalInterface
    interface Match {

        boolean test(JsonNode value);
    }
}
