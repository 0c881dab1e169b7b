package io.crois.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An argument that a workflow takes when it is submitted. Immutable: each method returns a variation.
 *
 * @param defaultValue taken when no argument is given; {@code null} makes the parameter required
 * @param minimum the lowest number allowed, or {@code null}
 * @param maximum the highest number allowed, or {@code null}
 * @param allowed the values allowed; empty allows all
 * @param isSealed whether the platform only sees the value encrypted
 */
public record Parameter<T>(
        String name,
        ValueType type,
        String description,
        @Nullable JsonNode defaultValue,
        @Nullable Double minimum,
        @Nullable Double maximum,
        List<JsonNode> allowed,
        boolean isSealed)
        implements Comparand {

    public Parameter {
        allowed = List.copyOf(allowed);
    }

    /** Returns a parameter that takes a JSON string. */
    public static Parameter<String> text(String name) {
        return new Parameter<>(name, ValueType.TEXT, "", null, null, null, List.of(), false);
    }

    /** Returns a parameter that takes a JSON number. */
    public static Parameter<Double> number(String name) {
        return new Parameter<>(name, ValueType.NUMBER, "", null, null, null, List.of(), false);
    }

    /** Returns a parameter that takes a whole number. */
    public static Parameter<Long> integer(String name) {
        return new Parameter<>(name, ValueType.INTEGER, "", null, null, null, List.of(), false);
    }

    /** Returns a parameter that takes {@code true} or {@code false}. */
    public static Parameter<Boolean> bool(String name) {
        return new Parameter<>(name, ValueType.BOOLEAN, "", null, null, null, List.of(), false);
    }

    /** Returns a parameter that takes any JSON value. */
    public static Parameter<JsonNode> json(String name) {
        return new Parameter<>(name, ValueType.JSON, "", null, null, null, List.of(), false);
    }

    /** Sets the value taken when no argument is given, which makes the parameter optional. */
    public Parameter<T> withDefault(T value) {
        return new Parameter<>(name, type, description, node(value), minimum, maximum, allowed, isSealed);
    }

    /** Sets the range allowed, both ends included; for numbers and integers only. */
    public Parameter<T> between(double lowest, double highest) {
        return new Parameter<>(name, type, description, defaultValue, lowest, highest, allowed, isSealed);
    }

    /** Sets the values allowed. */
    @SafeVarargs
    public final Parameter<T> oneOf(T... values) {
        List<JsonNode> nodes = Arrays.stream(values).map(Parameter::node).toList();
        return new Parameter<>(name, type, description, defaultValue, minimum, maximum, nodes, isSealed);
    }

    /** Sets what a person reads about the parameter. */
    public Parameter<T> describedAs(String text) {
        return new Parameter<>(name, type, text, defaultValue, minimum, maximum, allowed, isSealed);
    }

    /** Makes the value unreadable for the platform: it is encrypted under the project's key until the step runs. */
    public Parameter<T> sealed() {
        return new Parameter<>(name, type, description, defaultValue, minimum, maximum, allowed, true);
    }

    private static JsonNode node(Object value) {
        return new ObjectMapper().valueToTree(value);
    }
}
