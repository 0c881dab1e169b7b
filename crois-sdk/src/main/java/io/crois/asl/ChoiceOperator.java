package io.crois.asl;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What a rule of a Choice in JSONPath compares. All but {@code Is…} and {@code StringMatches} also have a {@code …Path}
 * form.
 */
public enum ChoiceOperator {
    /** {@code BooleanEquals}. */
    BOOLEAN_EQUALS("BooleanEquals"),
    /** {@code IsBoolean}. */
    IS_BOOLEAN("IsBoolean"),
    /** {@code IsNull}. */
    IS_NULL("IsNull"),
    /** {@code IsNumeric}. */
    IS_NUMERIC("IsNumeric"),
    /** {@code IsPresent}. */
    IS_PRESENT("IsPresent"),
    /** {@code IsString}. */
    IS_STRING("IsString"),
    /** {@code IsTimestamp}. */
    IS_TIMESTAMP("IsTimestamp"),
    /** {@code NumericEquals}. */
    NUMERIC_EQUALS("NumericEquals"),
    /** {@code NumericGreaterThan}. */
    NUMERIC_GREATER_THAN("NumericGreaterThan"),
    /** {@code NumericGreaterThanEquals}. */
    NUMERIC_GREATER_THAN_EQUALS("NumericGreaterThanEquals"),
    /** {@code NumericLessThan}. */
    NUMERIC_LESS_THAN("NumericLessThan"),
    /** {@code NumericLessThanEquals}. */
    NUMERIC_LESS_THAN_EQUALS("NumericLessThanEquals"),
    /** {@code StringEquals}. */
    STRING_EQUALS("StringEquals"),
    /** {@code StringGreaterThan}. */
    STRING_GREATER_THAN("StringGreaterThan"),
    /** {@code StringGreaterThanEquals}. */
    STRING_GREATER_THAN_EQUALS("StringGreaterThanEquals"),
    /** {@code StringLessThan}. */
    STRING_LESS_THAN("StringLessThan"),
    /** {@code StringLessThanEquals}. */
    STRING_LESS_THAN_EQUALS("StringLessThanEquals"),
    /** {@code StringMatches}. */
    STRING_MATCHES("StringMatches"),
    /** {@code TimestampEquals}. */
    TIMESTAMP_EQUALS("TimestampEquals"),
    /** {@code TimestampGreaterThan}. */
    TIMESTAMP_GREATER_THAN("TimestampGreaterThan"),
    /** {@code TimestampGreaterThanEquals}. */
    TIMESTAMP_GREATER_THAN_EQUALS("TimestampGreaterThanEquals"),
    /** {@code TimestampLessThan}. */
    TIMESTAMP_LESS_THAN("TimestampLessThan"),
    /** {@code TimestampLessThanEquals}. */
    TIMESTAMP_LESS_THAN_EQUALS("TimestampLessThanEquals");

    private static final Map<String, ChoiceOperator> BY_TEXT =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(ChoiceOperator::text, Function.identity()));

    private final String text;

    ChoiceOperator(String text) {
        this.text = text;
    }

    /** Returns the spelling of the definition, {@code StringEquals} for example. */
    public String text() {
        return text;
    }

    /** Returns whether the operand can be a path: the operator's name with {@code Path} behind it. */
    public boolean hasPathForm() {
        return !text.startsWith("Is") && this != STRING_MATCHES;
    }

    static Optional<ChoiceOperator> of(String text) {
        return Optional.ofNullable(BY_TEXT.get(text));
    }
}
