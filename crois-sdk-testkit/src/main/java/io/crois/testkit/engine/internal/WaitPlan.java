package io.crois.testkit.engine.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.crois.asl.QueryLanguage;
import io.crois.asl.WaitState;
import io.crois.testkit.engine.internal.expression.Expressions;
import io.crois.testkit.engine.internal.expression.StatesError;
import io.crois.testkit.engine.internal.expression.Template;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BiFunction;
import java.util.regex.Pattern;

/** Waits for a time, or until one. */
final class WaitPlan extends PlannedState {

    private static final long LONGEST = 99_999_999;
    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,9}");

    private final BiFunction<Frame, Instant, Duration> time;

    WaitPlan(Basics basics, WaitState state, QueryLanguage language) {
        super(basics);
        this.time = language == QueryLanguage.JSONATA ? jsonata(state) : jsonPath(state);
    }

    @Override
    void begin(Frame frame) {
        Duration wait = time.apply(frame, frame.execution().now());
        if (wait.isNegative() || wait.isZero()) {
            frame.succeed(null);
        } else {
            frame.await(wait, () -> frame.succeed(null));
        }
    }

    private static BiFunction<Frame, Instant, Duration> jsonata(WaitState state) {
        if (state.seconds().isPresent()) {
            Template seconds = Expressions.jsonata(state.seconds().get(), "Seconds");
            return (frame, now) -> {
                JsonNode value = seconds.evaluate(frame.evaluation());
                if (!isWhole(value)) {
                    throw StatesError.inState(
                            StatesError.QUERY_EVALUATION,
                            "The Seconds parameter must be a non-negative integer, but was: " + value,
                            "Seconds");
                }
                return seconds(value);
            };
        }
        Template timestamp = Expressions.jsonata(state.field("Timestamp").orElseThrow(), "Timestamp");
        return (frame, now) -> {
            JsonNode value = timestamp.evaluate(frame.evaluation());
            Instant until = value.isTextual() ? Timestamps.parse(value.textValue()) : null;
            if (until == null) {
                throw StatesError.inState(
                        StatesError.QUERY_EVALUATION,
                        "The Timestamp parameter does not reference a valid ISO-8601 extended offset date-time format "
                                + "string: " + value.asText(),
                        "Timestamp");
            }
            return Duration.between(now, until);
        };
    }

    private static BiFunction<Frame, Instant, Duration> jsonPath(WaitState state) {
        if (state.seconds().isPresent()) {
            Duration fixed = seconds(state.seconds().get());
            return (frame, now) -> fixed;
        }
        if (state.timestamp().isPresent()) {
            Instant until = Timestamps.parse(state.timestamp().get());
            return (frame, now) -> until == null ? Duration.ZERO : Duration.between(now, until);
        }
        return state.secondsPath().isPresent()
                ? secondsPath(state.secondsPath().get())
                : timestampPath(state.timestampPath().orElseThrow());
    }

    private static BiFunction<Frame, Instant, Duration> secondsPath(String text) {
        Template path = Expressions.path(text);
        return (frame, now) -> {
            JsonNode value = number(read(path, frame, "SecondsPath", text));
            if (!isWhole(value)) {
                throw StatesError.runtime("The SecondsPath parameter does not reference a valid integer between 0 and "
                        + LONGEST + ": " + text + " == " + value.asText());
            }
            return seconds(value);
        };
    }

    private static BiFunction<Frame, Instant, Duration> timestampPath(String text) {
        Template path = Expressions.path(text);
        return (frame, now) -> {
            JsonNode value = read(path, frame, "TimestampPath", text);
            Instant until = value.isTextual() ? Timestamps.parse(value.textValue()) : null;
            if (until == null) {
                throw StatesError.runtime("The TimestampPath parameter does not reference a valid ISO-8601 extended "
                        + "offset date-time format string: " + text + " == " + value.asText());
            }
            return Duration.between(now, until);
        };
    }

    private static JsonNode read(Template path, Frame frame, String field, String text) {
        try {
            return path.evaluate(frame.evaluation());
        } catch (StatesError error) {
            throw StatesError.runtime("The " + field + " parameter does not reference an input value: " + text);
        }
    }

    /** A text of digits counts as a number where a path leads to it. */
    private static JsonNode number(JsonNode value) {
        return value.isTextual() && DIGITS.matcher(value.textValue()).matches()
                ? JsonNodeFactory.instance.numberNode(Long.parseLong(value.textValue()))
                : value;
    }

    private static boolean isWhole(JsonNode value) {
        return value.isNumber()
                && value.canConvertToLong()
                && value.decimalValue().stripTrailingZeros().scale() <= 0
                && value.longValue() >= 0
                && value.longValue() <= LONGEST;
    }

    private static Duration seconds(JsonNode value) {
        return Duration.ofSeconds(value.longValue());
    }
}
