package io.crois.testkit.engine.internal.expression;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** The intrinsic functions on numbers, and those of chance. */
final class NumberFunctions {

    private NumberFunctions() {}

    static JsonNode add(List<JsonNode> arguments) {
        return JsonNodeFactory.instance.numberNode(Math.addExact(rounded(arguments.get(0)), rounded(arguments.get(1))));
    }

    static JsonNode random(List<JsonNode> arguments, Scope scope) {
        long first = whole(arguments.get(0));
        long end = whole(arguments.get(1));
        if (end <= first) {
            throw new IllegalArgumentException("The end of the range must be greater than its start");
        }
        RandomGenerator source = arguments.size() == 3 ? new Random(whole(arguments.get(2))) : scope.random();
        return number(source.nextLong(first, end));
    }

    static JsonNode uuid(List<JsonNode> arguments, Scope scope) {
        return JsonNodeFactory.instance.textNode(uuid(scope.random()));
    }

    /** Returns a random UUID, version 4. */
    static String uuid(RandomGenerator random) {
        long high = (random.nextLong() & ~0xF000L) | 0x4000L;
        long low = (random.nextLong() >>> 2) | 0x8000_0000_0000_0000L;
        return new UUID(high, low).toString();
    }

    /** Returns a number as an integer, rounded to the nearest as only an addition does. */
    private static int rounded(JsonNode value) {
        return value.isInt()
                ? value.intValue()
                : Math.toIntExact(Math.round(requireNumber(value).doubleValue()));
    }

    /** Returns a number as an integer, without what follows the point. */
    static long whole(JsonNode value) {
        return Math.toIntExact((long) requireNumber(value).doubleValue());
    }

    private static JsonNode requireNumber(JsonNode value) {
        if (!value.isNumber()) {
            throw new IllegalArgumentException("The argument must be a number, but was: " + value);
        }
        return value;
    }

    /** Returns an integer as JSON, in the smaller type where it fits. */
    static JsonNode number(long value) {
        return value == (int) value
                ? JsonNodeFactory.instance.numberNode((int) value)
                : JsonNodeFactory.instance.numberNode(value);
    }
}
