package io.crois.render;

import com.fasterxml.jackson.databind.JsonNode;
import io.crois.workflow.Comparand;
import io.crois.workflow.Condition;
import io.crois.workflow.Item;
import io.crois.workflow.Parameter;
import io.crois.workflow.Result;
import java.time.Duration;
import java.util.Locale;

/** Short texts for a reader. */
final class Labels {
    private Labels() {}

    /** Returns a condition as a reader would write it, {@code accuracy ≥ 0.9}. */
    static String of(Condition condition) {
        if (condition instanceof Condition.Comparison comparison) {
            return of(comparison);
        }
        if (condition instanceof Condition.And and) {
            return nested(and.left()) + " and " + nested(and.right());
        }
        if (condition instanceof Condition.Or or) {
            return nested(or.left()) + " or " + nested(or.right());
        }
        return "not " + nested(((Condition.Not) condition).condition());
    }

    private static String nested(Condition condition) {
        boolean composed = condition instanceof Condition.And || condition instanceof Condition.Or;
        return composed ? "(" + of(condition) + ")" : of(condition);
    }

    private static String of(Condition.Comparison comparison) {
        String left = name(comparison.left());
        JsonNode right = comparison.right();
        if (right.isBoolean()) {
            return right.booleanValue() ? left : "not " + left;
        }
        return left + " " + sign(comparison.operator()) + " " + literal(right);
    }

    private static String sign(Condition.Operator operator) {
        return switch (operator) {
            case EQUAL_TO -> "=";
            case AT_LEAST -> "≥";
            case AT_MOST -> "≤";
            case GREATER_THAN -> ">";
            case LESS_THAN -> "<";
        };
    }

    private static String name(Comparand comparand) {
        if (comparand instanceof Parameter<?> parameter) {
            return parameter.name();
        }
        if (comparand instanceof Result<?> result) {
            return result.name();
        }
        Item.Field<?> field = (Item.Field<?>) comparand;
        return field.loop() + field.pointer().replace('/', '.');
    }

    private static String literal(JsonNode value) {
        return value.isNumber() ? number(value.doubleValue()) : value.toString();
    }

    /** Returns a number without needless zeros: {@code 3}, {@code 0.25}. */
    static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? String.format(Locale.ROOT, "%.0f", value)
                : Double.toString(value);
    }

    /**
     * Returns a time in its two largest units: {@code 350 ms}, {@code 4.2 s}, {@code 3 min 20 s}, {@code 5 h 7 min}.
     */
    static String time(Duration length) {
        long millis = length.toMillis();
        if (millis < 1_000) {
            return millis + " ms";
        }
        if (millis < 60_000) {
            return String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
        }
        return length.toHours() > 0
                ? length.toHours() + " h " + length.toMinutesPart() + " min"
                : length.toMinutes() + " min " + length.toSecondsPart() + " s";
    }
}
