package io.crois.testkit.engine.internal.expression;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/** One of the functions whose names begin with {@code States.}. */
@FunctionalInterface
interface IntrinsicFunction {

    /** The functions, by name. */
    Map<String, IntrinsicFunction> ALL = Map.ofEntries(
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
            Map.entry("States.MathRandom", counted(2, 3, NumberFunctions::random)),
            Map.entry("States.UUID", counted(0, 0, NumberFunctions::uuid)));

    /**
     * Returns the function's value.
     *
     * @throws IllegalArgumentException if the arguments are wrong; the service tells no more than that
     * @throws ArithmeticException if a number is too large
     */
    JsonNode call(List<JsonNode> arguments, RandomGenerator random);

    static IntrinsicFunction named(String name) {
        IntrinsicFunction function = ALL.get(name);
        if (function == null) {
            throw new IllegalArgumentException("no function `" + name + "`");
        }
        return function;
    }

    private static IntrinsicFunction pure(int least, int most, Function<List<JsonNode>, JsonNode> function) {
        return counted(least, most, (arguments, random) -> function.apply(arguments));
    }

    private static IntrinsicFunction counted(int least, int most, IntrinsicFunction function) {
        return (arguments, random) -> {
            if (arguments.size() < least || arguments.size() > most) {
                throw new IllegalArgumentException("Invalid number of arguments: " + arguments.size());
            }
            return function.call(arguments, random);
        };
    }
}
