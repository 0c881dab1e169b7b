package io.crois.testkit.engine.internal;

import com.fasterxml.jackson.databind.JsonNode;
import io.crois.asl.FailState;
import io.crois.asl.QueryLanguage;
import io.crois.testkit.engine.internal.expression.Expressions;
import io.crois.testkit.engine.internal.expression.StatesError;
import io.crois.testkit.engine.internal.expression.Template;
import org.jspecify.annotations.Nullable;

/** Ends a machine, a branch or an iteration with an error. */
final class FailPlan extends PlannedState {

    private final @Nullable Template error;
    private final @Nullable Template cause;

    FailPlan(Basics basics, FailState state, QueryLanguage language) {
        super(basics);
        this.error = field(state, "Error", language);
        this.cause = field(state, "Cause", language);
    }

    @Override
    void begin(Frame frame) {
        throw StatesError.of(text(error, frame, "ErrorPath"), text(cause, frame, "CausePath"));
    }

    private static @Nullable Template field(FailState state, String name, QueryLanguage language) {
        if (language == QueryLanguage.JSONATA) {
            return state.field(name)
                    .map(value -> Expressions.jsonata(value, name))
                    .orElse(null);
        }
        return state.field(name)
                .<Template>map(value -> scope -> value)
                .or(() -> state.field(name + "Path")
                        .map(path -> Expressions.pathOrIntrinsic(path.asText(), name + "Path")))
                .orElse(null);
    }

    private static @Nullable String text(@Nullable Template field, Frame frame, String name) {
        if (field == null) {
            return null;
        }
        JsonNode value = field.evaluate(frame.evaluation());
        if (!value.isTextual()) {
            throw StatesError.runtime("The " + name + " field must refer to a string value, but it was: " + value);
        }
        return value.textValue();
    }
}
