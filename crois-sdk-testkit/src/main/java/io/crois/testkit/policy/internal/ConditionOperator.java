package io.crois.testkit.policy.internal;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The operators of conditions, each by how it compares one value of the request with one of the policy. */
enum ConditionOperator {
    STRING_EQUALS("StringEquals", true, (found, wanted) -> wanted.literal().equals(found)),
    STRING_EQUALS_IGNORE_CASE(
            "StringEqualsIgnoreCase", true, (found, wanted) -> wanted.literal().equalsIgnoreCase(found)),
    STRING_LIKE("StringLike", true, (found, wanted) -> wanted.matches(found)),
    STRING_NOT_EQUALS("StringNotEquals", STRING_EQUALS),
    STRING_NOT_EQUALS_IGNORE_CASE("StringNotEqualsIgnoreCase", STRING_EQUALS_IGNORE_CASE),
    STRING_NOT_LIKE("StringNotLike", STRING_LIKE),
    NUMERIC_EQUALS("NumericEquals", false, Scalars.number(order -> order == 0)),
    NUMERIC_NOT_EQUALS("NumericNotEquals", NUMERIC_EQUALS),
    NUMERIC_LESS_THAN("NumericLessThan", false, Scalars.number(order -> order < 0)),
    NUMERIC_LESS_THAN_EQUALS("NumericLessThanEquals", false, Scalars.number(order -> order <= 0)),
    NUMERIC_GREATER_THAN("NumericGreaterThan", false, Scalars.number(order -> order > 0)),
    NUMERIC_GREATER_THAN_EQUALS("NumericGreaterThanEquals", false, Scalars.number(order -> order >= 0)),
    DATE_EQUALS("DateEquals", false, Scalars.date(order -> order == 0)),
    DATE_NOT_EQUALS("DateNotEquals", DATE_EQUALS),
    DATE_LESS_THAN("DateLessThan", false, Scalars.date(order -> order < 0)),
    DATE_LESS_THAN_EQUALS("DateLessThanEquals", false, Scalars.date(order -> order <= 0)),
    DATE_GREATER_THAN("DateGreaterThan", false, Scalars.date(order -> order > 0)),
    DATE_GREATER_THAN_EQUALS("DateGreaterThanEquals", false, Scalars.date(order -> order >= 0)),
    BOOL("Bool", true, (found, wanted) -> wanted.literal().equalsIgnoreCase(found)),
    BINARY_EQUALS("BinaryEquals", false, (found, wanted) -> wanted.literal().equals(found)),
    IP_ADDRESS("IpAddress", false, (found, wanted) -> AddressRange.contains(wanted.literal(), found)),
    NOT_IP_ADDRESS("NotIpAddress", IP_ADDRESS),
    ARN_EQUALS("ArnEquals", true, (found, wanted) -> wanted.matchesArn(found)),
    ARN_LIKE("ArnLike", true, (found, wanted) -> wanted.matchesArn(found)),
    ARN_NOT_EQUALS("ArnNotEquals", ARN_LIKE),
    ARN_NOT_LIKE("ArnNotLike", ARN_LIKE);

    private static final Map<String, ConditionOperator> BY_NAME = Arrays.stream(values())
            .collect(Collectors.toMap(operator -> operator.spelling.toLowerCase(Locale.ROOT), Function.identity()));

    /** Compares one value of the request with one of the policy. */
    interface Comparison {
        boolean holds(String found, PolicyText wanted);
    }

    private final String spelling;
    private final boolean variables;
    private final boolean negated;
    private final Comparison comparison;

    ConditionOperator(String spelling, boolean variables, Comparison comparison) {
        this.spelling = spelling;
        this.variables = variables;
        this.negated = false;
        this.comparison = comparison;
    }

    ConditionOperator(String spelling, ConditionOperator positive) {
        this.spelling = spelling;
        this.variables = positive.variables;
        this.negated = true;
        this.comparison = positive.comparison;
    }

    /** Finds an operator by its name, in small letters or capitals, without quantifier and {@code IfExists}. */
    static Optional<ConditionOperator> find(String name) {
        return Optional.ofNullable(BY_NAME.get(name.toLowerCase(Locale.ROOT)));
    }

    /** Says whether its values may hold variables. */
    boolean knowsVariables() {
        return variables;
    }

    /** Says whether it holds when nothing matches. */
    boolean isNegated() {
        return negated;
    }

    boolean holds(String found, PolicyText wanted) {
        return comparison.holds(found, wanted);
    }
}
