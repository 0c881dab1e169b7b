package io.crois.testkit.engine.internal.expression;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * One of the functions whose names begin with {@code States.}.
 *
 * @param least how many arguments it takes at least
 * @param most how many it takes at most
 */
record IntrinsicFunction(int least, int most, Body body) {

    /** The functions, by name. */
    private static final Map<String, IntrinsicFunction> ALL = Map.ofEntries(
            Map.entry("States.Format", pure(1, 100, TextFunctions::format)),
            Map.entry("States.StringToJson", pure(1, 1, TextFunctions::parse)),
            Map.entry("States.JsonToString", pure(1, 1, TextFunctions::write)),
            Map.entry("States.StringSplit", pure(2, 2, TextFunctions::split)),
            Map.entry("States.Base64Encode", pure(1, 1, TextFunctions::encode)),
            Map.entry("States.Base64Decode", pure(1, 1, TextFunctions::decode)),
            Map.entry("States.Hash", pure(2, 2, TextFunctions::hash)),
            Map.entry("States.JsonMerge", pure(3, 3, ArrayFunctions::merge)),
            Map.entry("States.Array", pure(0, Integer.MAX_VALUE, ArrayFunctions::array)),
            Map.entry("States.ArrayPartition", pure(2, 2, ArrayFunctions::partition)),
            Map.entry("States.ArrayContains", pure(2, 2, ArrayFunctions::contains)),
            Map.entry("States.ArrayRange", pure(3, 3, ArrayFunctions::range)),
            Map.entry("States.ArrayGetItem", pure(2, 2, ArrayFunctions::item)),
            Map.entry("States.ArrayLength", pure(1, 1, ArrayFunctions::length)),
            Map.entry("States.ArrayUnique", pure(1, 1, ArrayFunctions::unique)),
            Map.entry("States.MathAdd", pure(2, 2, NumberFunctions::add)),
            Map.entry("States.MathRandom", new IntrinsicFunction(2, 3, NumberFunctions::random)),
            Map.entry("States.UUID", new IntrinsicFunction(0, 0, NumberFunctions::uuid)));

    static IntrinsicFunction named(String name) {
        IntrinsicFunction function = ALL.get(name);
        if (function == null) {
            throw new IllegalArgumentException("no function `" + name + "`");
        }
        return function;
    }

    private static IntrinsicFunction pure(int least, int most, Function<List<JsonNode>, JsonNode> body) {
        return new IntrinsicFunction(least, most, (arguments, scope) -> body.apply(arguments));
    }

    /**
     * Returns the function's value.
     *
     * @throws IllegalArgumentException if the arguments are wrong; the service tells no more than that
     * @throws ArithmeticException if a number is too large
     */
    JsonNode call(List<JsonNode> arguments, Scope scope) {
        if (arguments.size() < least || arguments.size() > most) {
            throw new IllegalArgumentException("Invalid number of arguments: " + arguments.size());
        }
        return body.call(arguments, scope);
    }

    /** What the function does with a right number of arguments. */
    @FunctionalInterface
    interface Body {
        JsonNode call(List<JsonNode> arguments, Scope scope);
    }
}
