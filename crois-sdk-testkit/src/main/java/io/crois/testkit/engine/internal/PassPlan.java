package io.crois.testkit.engine.internal;

import com.fasterxml.jackson.databind.JsonNode;
import io.crois.asl.PassState;
import io.crois.asl.QueryLanguage;
import org.jspecify.annotations.Nullable;

/** Hands its input on, or makes a value; a {@code Result} of {@code null} is none, as the service takes it. */
final class PassPlan extends PlannedState {

    private final @Nullable JsonNode result;
    private final boolean hasResult;

    PassPlan(Basics basics, PassState state, QueryLanguage language) {
        super(basics);
        this.result = state.result().filter(value -> !value.isNull()).orElse(null);
        this.hasResult = language == QueryLanguage.JSONPATH;
    }

    @Override
    void begin(Frame frame) {
        if (result != null) {
            frame.see("result", result);
        }
        JsonNode made = result != null ? result : flow().arguments(frame, frame.effectiveInput());
        frame.succeed(hasResult ? made : null);
    }
}
