package io.crois.testkit.engine.internal.expression;

import com.dashjoin.jsonata.Jsonata;
import com.dashjoin.jsonata.Jsonata.JFunction;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The functions that Step Functions adds to JSONata. */
final class JsonataExtras {

    private static final ObjectMapper JSON = new ObjectMapper();

    private JsonataExtras() {}

    /** Binds them in a frame, and takes {@code $eval} away. */
    static void bind(Jsonata.Frame frame, RandomGenerator random) {
        frame.bind("eval", (Object) null);
        frame.bind(
                "partition",
                function("<an:a>", arguments -> partition((List<?>) arguments.get(0), whole(arguments, 1))));
        frame.bind("range", function("<nnn:a>", JsonataExtras::range));
        frame.bind(
                "hash",
                function(
                        "<s-s:s>",
                        arguments -> TextFunctions.hash(
                                String.valueOf(arguments.get(0)), String.valueOf(arguments.get(1)))));
        frame.bind("random", function("<n?:n>", arguments -> random(arguments, random)));
        frame.bind("uuid", function("<:s>", arguments -> NumberFunctions.uuid(random)));
        frame.bind("parse", function("<s-:x>", arguments -> parse(arguments.get(0))));
    }

    private static JFunction function(String signature, Body body) {
        return new JFunction((input, arguments) -> body.call(arguments == null ? List.of() : arguments), signature);
    }

    private static List<Object> partition(List<?> items, long size) {
        if (size < 1) {
            throw new IllegalArgumentException("The chunk size must be a positive integer");
        }
        List<Object> chunks = new ArrayList<>();
        for (int first = 0; first < items.size(); first += (int) size) {
            chunks.add(new ArrayList<>(items.subList(first, (int) Math.min(items.size(), first + size))));
        }
        return chunks;
    }

    private static Object range(List<?> arguments) {
        return JsonataValues.show(ArrayFunctions.range(whole(arguments, 0), whole(arguments, 1), whole(arguments, 2)));
    }

    private static Object random(List<?> arguments, RandomGenerator random) {
        return arguments.isEmpty() || arguments.get(0) == null
                ? random.nextDouble()
                : new Random(whole(arguments, 0)).nextDouble();
    }

    private static @Nullable Object parse(@Nullable Object text) {
        if (text == null) {
            return null;
        }
        try {
            return JsonataValues.show(JSON.readTree(String.valueOf(text)));
        } catch (JsonProcessingException unreadable) {
            throw new IllegalArgumentException("The text is not JSON", unreadable);
        }
    }

    private static long whole(List<?> arguments, int index) {
        return Math.round(((Number) arguments.get(index)).doubleValue());
    }

    /** What a function does. */
    @FunctionalInterface
    private interface Body {

        @Nullable
        Object call(List<?> arguments);
    }
}
