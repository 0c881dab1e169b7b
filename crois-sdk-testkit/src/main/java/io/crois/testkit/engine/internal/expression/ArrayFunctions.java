package io.crois.testkit.engine.internal.expression;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The intrinsic functions on arrays and objects. */
final class ArrayFunctions {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int LONGEST_RANGE = 1_000;

    private ArrayFunctions() {}

    static JsonNode array(List<JsonNode> arguments) {
        return JSON.arrayNode().addAll(arguments);
    }

    static JsonNode partition(List<JsonNode> arguments) {
        return partition(requireArray(arguments.get(0)), NumberFunctions.whole(arguments.get(1)));
    }

    static ArrayNode partition(JsonNode array, long size) {
        if (size < 1) {
            throw new IllegalArgumentException("The chunk size must be a positive integer, but was: " + size);
        }
        ArrayNode chunks = JSON.arrayNode();
        ArrayNode chunk = JSON.arrayNode();
        for (JsonNode item : array) {
            chunk.add(item);
            if (chunk.size() == size) {
                chunks.add(chunk);
                chunk = JSON.arrayNode();
            }
        }
        return chunk.isEmpty() ? chunks : chunks.add(chunk);
    }

    /** Compares as the service does, by the text of the values: {@code true} is in {@code ["true"]}. */
    static JsonNode contains(List<JsonNode> arguments) {
        String wanted = shown(arguments.get(1));
        for (JsonNode item : requireArray(arguments.get(0))) {
            if (shown(item).equals(wanted)) {
                return JSON.booleanNode(true);
            }
        }
        return JSON.booleanNode(false);
    }

    private static String shown(JsonNode value) {
        return value.isTextual() ? value.textValue() : value.toString();
    }

    static JsonNode range(List<JsonNode> arguments) {
        return range(
                NumberFunctions.whole(arguments.get(0)),
                NumberFunctions.whole(arguments.get(1)),
                NumberFunctions.whole(arguments.get(2)));
    }

    static ArrayNode range(long first, long last, long step) {
        if (step == 0) {
            throw new IllegalArgumentException("The step must not be 0");
        }
        ArrayNode numbers = JSON.arrayNode();
        for (long number = first; step > 0 ? number <= last : number >= last; number += step) {
            if (numbers.size() == LONGEST_RANGE) {
                throw new IllegalArgumentException("A range holds at most " + LONGEST_RANGE + " items");
            }
            numbers.add(NumberFunctions.number(number));
        }
        return numbers;
    }

    /** Returns an item; of an empty array, the service gives null for any. */
    static JsonNode item(List<JsonNode> arguments) {
        JsonNode array = requireArray(arguments.get(0));
        long index = NumberFunctions.whole(arguments.get(1));
        if (array.isEmpty()) {
            return JSON.nullNode();
        }
        if (index < 0 || index >= array.size()) {
            throw new IllegalArgumentException("The index " + index + " is out of the array's bounds");
        }
        return array.get((int) index);
    }

    static JsonNode length(List<JsonNode> arguments) {
        return JSON.numberNode(requireArray(arguments.get(0)).size());
    }

    /** Leaves doubles out. The service keeps items in a hash set of Java's, whose order its answers show. */
    static JsonNode unique(List<JsonNode> arguments) {
        JsonNode array = requireArray(arguments.get(0));
        Map<Object, JsonNode> items = new HashMap<>(Math.max((int) (array.size() / 0.75f) + 1, 16));
        array.forEach(item -> items.putIfAbsent(Optional.ofNullable(MAPPER.convertValue(item, Object.class)), item));
        return JSON.arrayNode().addAll(items.values());
    }

    static JsonNode merge(List<JsonNode> arguments) {
        if (!(arguments.get(0) instanceof ObjectNode first) || !(arguments.get(1) instanceof ObjectNode second)) {
            throw new IllegalArgumentException("Both arguments to merge must be JSON objects");
        }
        if (arguments.get(2).isBoolean() && arguments.get(2).booleanValue()) {
            throw new IllegalArgumentException("Only shallow merging is supported: the third argument must be false");
        }
        ObjectNode merged = JSON.objectNode();
        merged.setAll(first);
        merged.setAll(second);
        return merged;
    }

    private static JsonNode requireArray(JsonNode value) {
        if (!value.isArray()) {
            throw new IllegalArgumentException("The argument must be an array, but was: " + value);
        }
        return value;
    }
}
