package io.crois.workflow;

import com.fasterxml.jackson.databind.JsonNode;

/** A small typed value that a step reports in {@code results.json}. */
public record Result<T>(String name, ValueType type) implements Comparand {

    /** Returns a result that is a JSON string. */
    public static Result<String> text(String name) {
        return new Result<>(name, ValueType.TEXT);
    }

    /** Returns a result that is a JSON number. */
    public static Result<Double> number(String name) {
        return new Result<>(name, ValueType.NUMBER);
    }

    /** Returns a result that is a whole number. */
    public static Result<Long> integer(String name) {
        return new Result<>(name, ValueType.INTEGER);
    }

    /** Returns a result that is {@code true} or {@code false}. */
    public static Result<Boolean> bool(String name) {
        return new Result<>(name, ValueType.BOOLEAN);
    }

    /** Returns a result that is any JSON value. */
    public static Result<JsonNode> json(String name) {
        return new Result<>(name, ValueType.JSON);
    }

    /**
     * Returns the list of this result from all iterations of the forEach that reports it, in the order of the items.
     */
    public Collected<T> all() {
        return new Collected<>(this);
    }

    /** One result from each iteration of a forEach. */
    public record Collected<T>(Result<T> result) implements Operand {}
}
