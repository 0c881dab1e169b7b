package io.crois.workflow;

/** The type of a parameter or of a result, in the terms of JSON. */
public enum ValueType {
    /** A JSON string. */
    TEXT,
    /** A JSON number. */
    NUMBER,
    /** A JSON number without a fraction, in the range of a {@code long}. */
    INTEGER,
    /** {@code true} or {@code false}. */
    BOOLEAN,
    /** Any JSON value. */
    JSON
}
