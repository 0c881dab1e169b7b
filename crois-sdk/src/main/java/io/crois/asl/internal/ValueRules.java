package io.crois.asl.internal;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Rules for single values. */
final class ValueRules {
    /** Seconds of tasks and waits; also the most that a retrier may wait or try. */
    static final long MOST = 99_999_999;

    private static final Pattern TIMESTAMP =
            Pattern.compile("\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d+)?(Z|[+-]\\d{2}:\\d{2})");

    static final ValueRule ANY = value -> {};
    static final ValueRule TEXT = ValueRules::isText;
    static final ValueRule FLAG = value -> value.require(value.node().isBoolean(), "BOOLEAN");
    static final ValueRule NUMBER = value -> value.require(value.node().isNumber(), "NUMBER");
    static final ValueRule PATH = value -> {
        if (!value.node().isNull()) {
            checkPath(value);
        }
    };
    static final ValueRule PATH_OR_CALL = value -> {
        if (isText(value) && !new TemplateSyntax(value.node().textValue()).valid()) {
            value.report("Value must be a valid JSONPath.");
        }
    };
    static final ValueRule REFERENCE_PATH = value -> checkReference(value, true);
    /** Where a result is put: the context object cannot be written. */
    static final ValueRule RESULT_PATH = value -> {
        if (!value.node().isNull()) {
            checkReference(value, false);
        }
    };
    /** The numbers of a Map: the context object cannot be read there. */
    static final ValueRule DATA_REFERENCE_PATH = value -> checkReference(value, false);

    static final ValueRule TIMESTAMP_TEXT = value -> {
        if (value.isExpression()) {
            Payloads.check(value);
        } else if (isText(value) && !isTimestamp(value.node().textValue())) {
            value.report("String does not match RFC3339 timestamp");
        }
    };

    private ValueRules() {}

    /** Returns a rule for a text that in JSONata may be computed. */
    static ValueRule text() {
        return value -> {
            TEXT.check(value);
            Payloads.check(value);
        };
    }

    static ValueRule integer(long least, long most) {
        return value -> {
            if (value.isExpression()) {
                Payloads.check(value);
            } else if (!isInteger(value)) {
                value.report("Expected value of type Integer");
            } else {
                checkRange(value, String.valueOf(least), String.valueOf(most));
            }
        };
    }

    static ValueRule decimal(String least, String most) {
        return value -> {
            if (value.isExpression()) {
                Payloads.check(value);
            } else if (value.require(value.node().isNumber(), "NUMBER")) {
                checkRange(value, least, most);
            }
        };
    }

    private static boolean isText(Part value) {
        return value.require(value.node().isTextual(), "STRING");
    }

    private static boolean isInteger(Part value) {
        return value.node().isNumber()
                && value.node().decimalValue().stripTrailingZeros().scale() <= 0;
    }

    private static void checkRange(Part value, String least, String most) {
        BigDecimal number = value.node().decimalValue();
        if (number.compareTo(new BigDecimal(least)) < 0) {
            value.report("Minimum value is " + least);
        } else if (number.compareTo(new BigDecimal(most)) > 0) {
            value.report("Maximum value is " + most);
        }
    }

    static ValueRule oneOf(String... values) {
        List<String> known = List.of(values);
        return value -> {
            if (isText(value) && !known.contains(value.node().textValue())) {
                value.report("Value should be one of the following: " + known);
            }
        };
    }

    /** Returns a rule for a field on which the shape of its object depends. */
    static ValueRule kind(String... values) {
        List<String> known = List.of(values);
        return value -> {
            if (!known.contains(value.node().asText())) {
                String field = value.place().substring(value.place().lastIndexOf('/') + 1);
                value.report("The field '" + field + "' should have one of these values: " + known);
            }
        };
    }

    private static boolean isTimestamp(String text) {
        try {
            return TIMESTAMP.matcher(text).matches()
                    && OffsetDateTime.parse(text.toUpperCase(Locale.ROOT)).getYear() >= 0;
        } catch (DateTimeException e) {
            return false;
        }
    }

    private static void checkPath(Part value) {
        if (isText(value) && !TemplateSyntax.isPath(value.node().textValue())) {
            value.report("Value must be a valid JSONPath.");
        }
    }

    private static void checkReference(Part value, boolean withContext) {
        if (!isText(value)) {
            return;
        }
        String path = value.node().textValue();
        if (!path.startsWith("$")) {
            value.report("Value is not a Reference Path: Reference path didn't start with '$'");
        } else if (!ReferencePathSyntax.valid(path, withContext)) {
            value.report("Value is not a Reference Path");
        }
    }
}
