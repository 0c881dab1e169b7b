package io.crois.workflow;

import com.fasterxml.jackson.databind.JsonNode;

/** What a {@link Choose} decides by. */
public sealed interface Condition {

    /** Holds when both hold. */
    default Condition and(Condition other) {
        return new And(this, other);
    }

    /** Holds when at least one holds. */
    default Condition or(Condition other) {
        return new Or(this, other);
    }

    /** Holds when {@code condition} does not. */
    static Condition not(Condition condition) {
        return new Not(condition);
    }

    /** How two values are compared. */
    enum Operator {
        /** Equal, of the same type. */
        EQUAL_TO,
        /** A number not below the limit. */
        AT_LEAST,
        /** A number not above the limit. */
        AT_MOST,
        /** A number above the limit. */
        GREATER_THAN,
        /** A number below the limit. */
        LESS_THAN
    }

    /** Compares a reference with a literal number, text or boolean. */
    record Comparison(Comparand left, Operator operator, JsonNode right) implements Condition {}

    /** Both. */
    record And(Condition left, Condition right) implements Condition {}

    /** At least one. */
    record Or(Condition left, Condition right) implements Condition {}

    /** The contrary. */
    record Not(Condition condition) implements Condition {}
}
