package io.crois.contract;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * What {@code crois-route} decided when the step is to be tried again.
 *
 * @param attempt the next attempt
 * @param waitSeconds seconds before it, 0 and up
 */
public record RouteDecision(
        Run run, int attempt, @JsonProperty("wait") long waitSeconds) {}
