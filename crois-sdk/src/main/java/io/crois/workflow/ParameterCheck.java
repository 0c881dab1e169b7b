package io.crois.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Checks a parameter's definition and the values given for it. */
final class ParameterCheck {
    private ParameterCheck() {}

    static void check(Parameter<?> parameter, Problems problems) {
        String place = "parameter `" + parameter.name() + "`";
        problems.checkName(place, parameter.name());
        Double minimum = parameter.minimum();
        Double maximum = parameter.maximum();
        if (minimum != null && maximum != null) {
            problems.addUnless(
                    isNumeric(parameter.type()),
                    place,
                    "has a range, but is of type " + parameter.type() + ". Use `oneOf`.");
            problems.addUnless(
                    minimum <= maximum,
                    place,
                    "the range from " + text(minimum) + " to " + text(maximum) + " is empty. Swap its ends.");
        }
        JsonNode value = parameter.defaultValue();
        String problem = value == null ? null : problem(parameter, value);
        if (problem != null) {
            problems.add(place, "the default is not allowed: " + problem);
        }
        problems.addUnless(
                value == null || !parameter.isSealed(),
                place,
                "is sealed and has a default, so that whoever sees the source could read it. Leave `withDefault` away,"
                        + " or `sealed()`.");
    }

    /** Returns what is wrong with a value, or {@code null}. The values of sealed parameters are never named. */
    static @Nullable String problem(Parameter<?> parameter, JsonNode value) {
        String was = parameter.isSealed() ? "." : ", but was " + value + ".";
        if (!fits(parameter.type(), value)) {
            return parameter.name() + " must be of type " + parameter.type() + was;
        }
        Double minimum = parameter.minimum();
        Double maximum = parameter.maximum();
        if (minimum != null
                && maximum != null
                && value.isNumber()
                && !(value.doubleValue() >= minimum && value.doubleValue() <= maximum)) {
            return parameter.name() + " must be between " + text(minimum) + " and " + text(maximum) + was;
        }
        if (!parameter.allowed().isEmpty() && !parameter.allowed().contains(value)) {
            return parameter.name() + " must be one of "
                    + parameter.allowed().stream().map(JsonNode::toString).collect(Collectors.joining(", ")) + was;
        }
        return null;
    }

    static boolean isNumeric(ValueType type) {
        return type == ValueType.NUMBER || type == ValueType.INTEGER;
    }

    private static boolean fits(ValueType type, JsonNode value) {
        return switch (type) {
            case TEXT -> value.isTextual();
            case NUMBER -> value.isNumber();
            case INTEGER -> value.isIntegralNumber() && value.canConvertToLong();
            case BOOLEAN -> value.isBoolean();
            case JSON -> true;
        };
    }

    private static String text(double number) {
        return Double.isFinite(number)
                ? BigDecimal.valueOf(number).stripTrailingZeros().toPlainString()
                : String.valueOf(number);
    }
}
