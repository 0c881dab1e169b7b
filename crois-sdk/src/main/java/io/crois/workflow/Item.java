package io.crois.workflow;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * The current item of a forEach; may be used within its body only.
 *
 * @param loop the name of the forEach
 */
public record Item(String loop) {

    /** Returns a field of the item that is a text. */
    public Field<String> text(String field) {
        return field(field, ValueType.TEXT);
    }

    /** Returns a field of the item that is a number. */
    public Field<Double> number(String field) {
        return field(field, ValueType.NUMBER);
    }

    /** Returns a field of the item that is a whole number. */
    public Field<Long> integer(String field) {
        return field(field, ValueType.INTEGER);
    }

    /** Returns a field of the item that is {@code true} or {@code false}. */
    public Field<Boolean> bool(String field) {
        return field(field, ValueType.BOOLEAN);
    }

    /** Returns a field of the item, whatever JSON it is. */
    public Field<JsonNode> json(String field) {
        return field(field, ValueType.JSON);
    }

    /** Returns the whole item. */
    public Field<JsonNode> value() {
        return new Field<>(loop, "", ValueType.JSON);
    }

    /** Returns the index of the item, from 0. */
    public Index index() {
        return new Index(loop);
    }

    private <T> Field<T> field(String field, ValueType type) {
        return new Field<>(loop, "/" + field.replace("~", "~0").replace("/", "~1"), type);
    }

    /**
     * A part of the item.
     *
     * @param pointer a JSON Pointer (RFC 6901); the empty text is the item itself
     */
    public record Field<T>(String loop, String pointer, ValueType type) implements Comparand {}

    /** The index of the item, from 0. */
    public record Index(String loop) implements Operand {}
}
