package io.crois.testkit.engine.internal;

import com.fasterxml.jackson.databind.JsonNode;
import io.crois.asl.FailState;
import io.crois.asl.QueryLanguage;
import io.crois.testkit.engine.internal.expression.Expressions;
import io.crois.testkit.engine.internal.expression.StatesError;
import io.crois.testkit.engine.internal.expression.Template;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Ends a machine, a branch or an iteration with an error. */
final class FailPlan extends PlannedState {

    private final @Nullable Text error;
    private final @Nullable Text cause;

    FailPlan(Basics basics, FailState state, QueryLanguage language) {
        super(basics);
        this.error = field(state, "Error", language);
        this.cause = field(state, "Cause", language);
    }

    @Override
    void begin(Frame frame) {
        throw StatesError.of(text(error, frame), text(cause, frame));
    }

    private static @Nullable String text(@Nullable Text field, Frame frame) {
        return field == null ? null : field.read(frame.evaluation());
    }

    private static @Nullable Text field(FailState state, String name, QueryLanguage language) {
        if (language == QueryLanguage.JSONATA) {
            return state.field(name)
                    .map(value -> new Text(
                            Expressions.jsonata(value, name),
                            found -> Expressions.unexpectedType(
                                    Expressions.bare(value.asText()), name, "string", found)))
                    .orElse(null);
        }
        return state.field(name)
                .map(value -> text(scope -> value, name))
                .or(() -> state.field(name + "Path")
                        .map(path -> text(Expressions.pathOrIntrinsic(path.asText(), name + "Path"), name)))
                .orElse(null);
    }

    private static Text text(Template template, String name) {
        return new Text(
                template,
                found -> StatesError.runtime(
                        "The " + name + "Path field must refer to a string value, but it was: " + found));
    }

    /** A field whose value has to be a text. */
    private record Text(Template template, Function<JsonNode, StatesError> mismatch) {

        private String read(Evaluation scope) {
            JsonNode value = template.evaluate(scope);
            if (!value.isTextual()) {
                throw mismatch.apply(value);
            }
            return value.textValue();
        }
    }
}
