package io.crois.testkit.engine.internal.expression;

import com.dashjoin.jsonata.Jsonata;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One JSONata expression; it is stopped after a second, and when it nests too deeply. */
final class JsonataExpression implements Template {

    private static final String ERROR = "threw an error during evaluation";
    private static final Pattern REGEX = Pattern.compile("[(,:=>]\\s*/[^/]");

    /** A regular expression that is not just an argument after others, and so may be called as a function. */
    private static final Pattern FREE_REGEX = Pattern.compile("[(:=>]\\s*/[^/]");

    private static final Pattern VARIABLE = Pattern.compile("\\$([\\p{L}_][\\p{L}\\p{N}_]*)");
    private static final Pattern WITHOUT_CONTEXT = Pattern.compile("\\$states\\s*\\.\\s*(input|result|errorOutput)\\b");
    private static final Pattern STATES = Pattern.compile("\\$states\\b");

    private final String text;
    private final String field;
    private final @Nullable Jsonata jsonata;
    private final @Nullable String unreadable;
    private final Set<String> names;
    private final boolean seesContext;
    private final boolean seesRegex;
    private final boolean callsRegex;

    private JsonataExpression(String text, String field, @Nullable Jsonata jsonata, @Nullable String unreadable) {
        this.text = text;
        this.field = field;
        this.jsonata = jsonata;
        this.unreadable = unreadable;
        this.names = names(text);
        this.seesRegex = REGEX.matcher(text).find();
        this.callsRegex = FREE_REGEX.matcher(text).find();
        this.seesContext = count(STATES, text) > count(WITHOUT_CONTEXT, text);
    }

    /** Plans an expression; one that cannot be read fails when it is evaluated. */
    static Template plan(String text, String field) {
        try {
            Jsonata jsonata = Jsonata.jsonata(text);
            jsonata.setOutputConvertNulls(false);
            return new JsonataExpression(text, field, jsonata, null);
        } catch (RuntimeException unreadable) {
            return new JsonataExpression(text, field, null, String.valueOf(unreadable.getMessage()));
        } catch (StackOverflowError tooDeep) {
            return new JsonataExpression(text, field, null, "it nests too deeply");
        }
    }

    private static Set<String> names(String text) {
        Set<String> names = new LinkedHashSet<>();
        Matcher matcher = VARIABLE.matcher(text);
        while (matcher.find()) {
            names.add(matcher.group(1));
        }
        names.remove("states");
        return names;
    }

    private static long count(Pattern pattern, String text) {
        return pattern.matcher(text).results().count();
    }

    @Override
    public JsonNode evaluate(Scope scope) {
        if (jsonata == null) {
            throw failed("cannot be read: " + unreadable);
        }
        try {
            Object value = value(jsonata, scope);
            if (value == null) {
                throw failed("returned nothing (undefined).");
            }
            return JsonataValues.read(value);
        } catch (JsonataValues.NoJson function) {
            throw failed("returned an unsupported result type.");
        } catch (StackOverflowError tooDeep) {
            throw failed(ERROR + JsonataMessages.of(JsonataBounds.tooDeep(), text));
        } catch (OutOfMemoryError tooMuch) {
            throw failed(ERROR + JsonataMessages.of(JsonataBounds.outOfMemory(), text));
        }
    }

    private @Nullable Object value(Jsonata planned, Scope scope) {
        Jsonata.Frame frame = planned.createFrame();
        JsonataBounds bounds = JsonataBounds.of(frame, callsRegex);
        if (seesRegex) {
            JsonataExtras.bindRegex(frame, bounds);
        }
        JsonataExtras.bind(frame, names, scope);
        for (String name : names) {
            JsonNode variable = scope.variable(name);
            if (variable != null) {
                frame.bind(name, JsonataValues.show(variable));
            }
        }
        frame.bind("states", states(scope));
        try {
            return planned.evaluate(null, frame);
        } catch (RuntimeException wrong) {
            String infinite = bounds.isWhole() ? JsonataMessages.infinite(wrong) : null;
            if (infinite != null) {
                return infinite;
            }
            throw failed(ERROR + JsonataMessages.of(wrong, text));
        }
    }

    private Map<String, Object> states(Scope scope) {
        Map<String, Object> states = new LinkedHashMap<>();
        states.put("input", JsonataValues.show(scope.input()));
        if (seesContext) {
            states.put("context", JsonataValues.show(scope.context()));
        }
        JsonNode result = scope.result();
        if (result != null) {
            states.put("result", JsonataValues.show(result));
        }
        JsonNode errorOutput = scope.errorOutput();
        if (errorOutput != null) {
            states.put("errorOutput", JsonataValues.show(errorOutput));
        }
        return states;
    }

    private StatesError failed(String how) {
        return StatesError.inState(
                StatesError.QUERY_EVALUATION,
                "The JSONata expression '" + text + "' specified for the field '" + field + "' " + how,
                field);
    }
}
