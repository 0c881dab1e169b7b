package io.crois.testkit.engine.internal.expression;

import com.dashjoin.jsonata.Functions;
import com.dashjoin.jsonata.Jsonata;
import com.dashjoin.jsonata.Jsonata.JFunction;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The functions of JSONata that must not use the clock, chance, time or memory of the machine as they like. */
final class JsonataExtras {

    /** How many characters may be added to a text. */
    private static final long MOST_ADDED = 262_144;

    private static final JFunction PAD = function("<s-ns?:s>", JsonataExtras::pad);

    private JsonataExtras() {}

    /** Binds the functions that take regular expressions, so that one that goes on without end is stopped. */
    static void bindRegex(Jsonata.Frame frame, JsonataBounds bounds) {
        frame.bind("contains", function("<s-(sf):b>", arguments -> {
            bounds.tryOut(text(arguments, 0), at(arguments, 1));
            return Functions.contains(text(arguments, 0), at(arguments, 1));
        }));
        frame.bind("match", function("<s-f<s:o>n?:a<o>>", arguments -> {
            bounds.tryOut(text(arguments, 0), at(arguments, 1));
            return Functions.match(text(arguments, 0), (Pattern) at(arguments, 1), limit(arguments, 2));
        }));
        frame.bind("replace", function("<s-(sf)(sf)n?:s>", arguments -> {
            bounds.tryOut(text(arguments, 0), at(arguments, 1));
            return Functions.replace(text(arguments, 0), at(arguments, 1), at(arguments, 2), limit(arguments, 3));
        }));
        frame.bind("split", function("<s-(sf)n?:a<s>>", arguments -> {
            bounds.tryOut(text(arguments, 0), at(arguments, 1));
            return Functions.split(text(arguments, 0), at(arguments, 1), limit(arguments, 2));
        }));
    }

    private static @Nullable Object at(List<?> arguments, int index) {
        return index < arguments.size() ? arguments.get(index) : null;
    }

    private static @Nullable Integer limit(List<?> arguments, int index) {
        return at(arguments, index) instanceof Number number ? number.intValue() : null;
    }

    /** Binds those that an expression names in a frame, with a clock of the scope's, and takes {@code $eval} away. */
    static void bind(Jsonata.Frame frame, Set<String> names, Scope scope) {
        for (String name : names) {
            JFunction added = JsonataServiceFunctions.named(name, scope.random());
            if (added != null) {
                frame.bind(name, added);
            } else {
                bind(frame, name, scope);
            }
        }
    }

    private static void bind(Jsonata.Frame frame, String name, Scope scope) {
        switch (name) {
            case "eval" -> frame.bind(name, (Object) null);
            case "pad" -> frame.bind(name, PAD);
            case "shuffle" ->
                frame.bind(name, function("<a:a>", arguments -> shuffled(arguments.get(0), scope.random())));
            case "millis" ->
                frame.bind(name, function("<:n>", arguments -> scope.now().toEpochMilli()));
            case "now" -> frame.bind(name, function("<s?s?:s>", arguments -> now(arguments, scope)));
            default -> {}
        }
    }

    private static @Nullable Object shuffled(@Nullable Object items, RandomGenerator random) {
        if (!(items instanceof List<?> list)) {
            return items;
        }
        List<Object> shuffled = new ArrayList<>(list);
        for (int left = shuffled.size(); left > 1; left--) {
            Collections.swap(shuffled, left - 1, random.nextInt(left));
        }
        return shuffled;
    }

    private static Object now(List<?> arguments, Scope scope) {
        return Functions.dateTimeFromMillis(scope.now().toEpochMilli(), text(arguments, 0), text(arguments, 1));
    }

    private static @Nullable String text(List<?> arguments, int index) {
        return index < arguments.size() && arguments.get(index) instanceof String text ? text : null;
    }

    private static JFunction function(String signature, Body body) {
        return new JFunction((input, arguments) -> body.call(arguments == null ? List.of() : arguments), signature);
    }

    /** Pads as JSONata does, but adds no more than the service. */
    private static @Nullable Object pad(List<?> arguments) {
        if (arguments.get(0) == null) {
            return null;
        }
        long width = Math.max(whole(arguments, 1), -Long.MAX_VALUE);
        String padded = String.valueOf(arguments.get(0));
        long added = Math.abs(width) - padded.codePointCount(0, padded.length());
        if (added > MOST_ADDED) {
            throw JsonataBounds.outOfMemory();
        }
        String padding = padding(text(arguments, 2), (int) Math.max(added, 0));
        return width > 0 ? padded + padding : padding + padded;
    }

    /** The library would take time that grows with the square of the length. */
    private static String padding(@Nullable String filling, int length) {
        int[] characters = (filling == null || filling.isEmpty() ? " " : filling)
                .codePoints()
                .toArray();
        StringBuilder padding = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            padding.appendCodePoint(characters[i % characters.length]);
        }
        return padding.toString();
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
