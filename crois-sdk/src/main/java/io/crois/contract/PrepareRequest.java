package io.crois.contract;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a state machine asks of {@code crois-prepare}.
 *
 * @param step the step to prepare; {@link Kind#STEP} only
 * @param forEach the forEach whose items are stored; {@link Kind#ITEMS} only
 * @param spec the digest of the step's or forEach's spec; not with {@link Kind#VALUES}
 * @param attempt from 1; {@link Kind#STEP} only
 * @param values what a choice wants to know, by alias; {@link Kind#VALUES} only
 */
public record PrepareRequest(
        Kind kind,
        Run run,
        String workflow,
        @Nullable String step,
        @Nullable String forEach,
        @Nullable String spec,
        @Nullable Integer attempt,
        @Nullable Map<String, Value> values) {

    /** What is prepared; in JSON in lower case. */
    public enum Kind {
        /** One attempt of a step: answers {@link Prepared}. */
        @JsonProperty("step")
        STEP,
        /** The items of a forEach: answers {@code {run, count}}. */
        @JsonProperty("items")
        ITEMS,
        /** The values of a choice: answers {@code {run, values}}. */
        @JsonProperty("values")
        VALUES
    }
}
