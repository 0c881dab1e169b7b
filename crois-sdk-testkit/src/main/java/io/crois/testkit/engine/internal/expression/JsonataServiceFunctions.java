package io.crois.testkit.engine.internal.expression;

import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Jsonata.JFunction;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A call of one of the functions that Step Functions adds to JSONata: {@code $parse $partition $range $hash $random
 * $uuid}. Numbers are cut to whole ones, what is missing makes nothing, and the errors are those of the service.
 */
final class JsonataServiceFunctions {

    private static final ObjectReader JSON = new ObjectMapper()
            .reader()
            .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .with(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);

    private final String name;
    private final List<?> arguments;

    private JsonataServiceFunctions(String name, List<?> arguments) {
        this.name = name;
        this.arguments = arguments;
    }

    /** Returns the function of this name, {@code null} when it is none of these. */
    static @Nullable JFunction named(String name, RandomGenerator random) {
        return switch (name) {
            case "parse" -> function(name, 1, JsonataServiceFunctions::parse);
            case "partition" -> function(name, 2, JsonataServiceFunctions::partition);
            case "range" -> function(name, 3, JsonataServiceFunctions::range);
            case "hash" -> function(name, 2, JsonataServiceFunctions::hash);
            case "random" -> function(name, 1, call -> call.random(random));
            case "uuid" -> function(name, 0, call -> NumberFunctions.uuid(random));
            default -> null;
        };
    }

    /** Makes a function; its signature has room for one argument too many, so that the error can name it. */
    private static JFunction function(String name, int most, Body body) {
        return new JFunction(
                (input, given) -> {
                    JsonataServiceFunctions call = new JsonataServiceFunctions(name, given == null ? List.of() : given);
                    if (call.at(most) != null) {
                        throw call.mismatch(most);
                    }
                    return body.call(call);
                },
                "<" + "x?".repeat(most + 1) + ":x>");
    }

    private @Nullable Object parse() {
        if (at(0) == null) {
            return null;
        }
        try {
            JsonNode value = JSON.readTree(text(0));
            if (value.isMissingNode()) {
                throw error("D3137", "Invalid JSON");
            }
            return JsonataValues.show(value);
        } catch (JsonProcessingException unreadable) {
            throw error("D3137", "Invalid JSON");
        }
    }

    private @Nullable Object partition() {
        if (at(0) == null) {
            return null;
        }
        if (!(at(0) instanceof List<?> items)) {
            throw error("T0412", "Argument 1 of function \"partition\" must be an array of undefined");
        }
        if (items.isEmpty()) {
            return null;
        }
        if (at(1) == null) {
            return List.of(items);
        }
        long size = whole(1);
        if (size < 0) {
            throw error("D3137", "Second argument must be zero or greater");
        }
        return size == 0 ? null : chunks(items, (int) Math.min(size, items.size()));
    }

    private static List<Object> chunks(List<?> items, int size) {
        List<Object> chunks = new ArrayList<>();
        for (int first = 0; first < items.size(); first += size) {
            chunks.add(new ArrayList<>(items.subList(first, Math.min(items.size(), first + size))));
        }
        return chunks;
    }

    private @Nullable Object range() {
        long first = whole(0);
        long last = whole(1);
        if (at(2) == null) {
            return null;
        }
        long step = whole(2);
        if (step == 0 || (step > 0 ? first > last : first < last)) {
            return null;
        }
        double steps = Math.floor(((double) last - first) / step);
        if (steps >= JsonataBounds.MOST_VALUES) {
            throw JsonataBounds.outOfMemory();
        }
        List<Object> numbers = new ArrayList<>();
        for (int i = 0; i <= (int) steps; i++) {
            numbers.add(first + i * step);
        }
        return numbers.size() == 1 ? first : numbers;
    }

    private @Nullable Object hash() {
        String data = text(0);
        if (at(1) == null) {
            return null;
        }
        String algorithm = text(1);
        if (!TextFunctions.isHash(algorithm)) {
            throw error(
                    "D3137", "Hash algorithm '" + algorithm + "' must be one of SHA-1, SHA-384, SHA-256, SHA-512, MD5");
        }
        return TextFunctions.hash(data, algorithm);
    }

    private Object random(RandomGenerator random) {
        return at(0) == null ? random.nextDouble() : new Random(whole(0)).nextDouble();
    }

    private @Nullable Object at(int index) {
        return index < arguments.size() ? arguments.get(index) : null;
    }

    private String text(int index) {
        if (at(index) instanceof String text) {
            return text;
        }
        throw mismatch(index);
    }

    private long whole(int index) {
        if (at(index) instanceof Number number) {
            return (long) number.doubleValue();
        }
        throw mismatch(index);
    }

    private JException mismatch(int index) {
        return error(
                "T0410", "Argument " + (index + 1) + " of function \"" + name + "\" does not match function signature");
    }

    private static JException error(String code, String text) {
        return new JException(code + ": " + text, -1);
    }

    /** What a function does. */
    @FunctionalInterface
    private interface Body {

        @Nullable
        Object call(JsonataServiceFunctions call);
    }
}
