package io.crois.contract;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/** What a state machine asks of {@code crois-route}; the answer is a {@link RouteDecision}, or the function fails. */
public record RouteRequest(
        Run run, String workflow, String step, String spec, String order, int attempt, ErrorOutput error) {

    /** The error as Step Functions gives it in {@code $states.errorOutput}. */
    public record ErrorOutput(
            @JsonProperty("Error") @Nullable String error,
            @JsonProperty("Cause") @Nullable String cause) {}
}
