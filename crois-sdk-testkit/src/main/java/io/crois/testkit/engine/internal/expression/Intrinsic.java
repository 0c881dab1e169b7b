package io.crois.testkit.engine.internal.expression;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads the call of an intrinsic function: names, texts in single quotes, numbers, paths and calls as arguments. */
final class Intrinsic {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final String text;
    private int at;

    private Intrinsic(String text) {
        this.text = text;
    }

    /** Plans a call; one that cannot be read fails when it is evaluated. */
    static Template parse(String text) {
        Intrinsic reader = new Intrinsic(text);
        try {
            Template call = reader.call();
            reader.space();
            if (reader.at == text.length()) {
                return call;
            }
        } catch (IllegalArgumentException unreadable) {
            return scope -> {
                throw failure(text, "it cannot be read: " + unreadable.getMessage());
            };
        }
        return scope -> {
            throw failure(text, "there is more than one call");
        };
    }

    static StatesError failure(String call, String problem) {
        return StatesError.inState(
                StatesError.RUNTIME, "The function '" + call + "' had the following error: " + problem, null);
    }

    private Template call() {
        int start = at;
        while (at < text.length() && text.charAt(at) != '(') {
            at++;
        }
        String name = text.substring(start, at).strip();
        IntrinsicFunction function = IntrinsicFunction.named(name);
        expect('(');
        Template[] arguments = arguments(name.equals("States.Format")).toArray(Template[]::new);
        return scope -> {
            JsonNode[] values = new JsonNode[arguments.length];
            for (int i = 0; i < values.length; i++) {
                values[i] = arguments[i].evaluate(scope);
            }
            try {
                return function.call(Arrays.asList(values), scope);
            } catch (IllegalArgumentException | ArithmeticException wrong) {
                throw StatesError.runtime("There was an error while evaluating the intrinsic function: " + text
                        + ". Invalid arguments in " + name);
            }
        };
    }

    private List<Template> arguments(boolean isFormat) {
        List<Template> arguments = new ArrayList<>();
        space();
        if (peek() == ')') {
            at++;
            return arguments;
        }
        while (true) {
            arguments.add(argument(isFormat && arguments.isEmpty()));
            space();
            char next = peek();
            at++;
            if (next == ')') {
                return arguments;
            }
            if (next != ',') {
                throw new IllegalArgumentException("expected `,` or `)` at " + at);
            }
        }
    }

    private Template argument(boolean isTemplate) {
        space();
        char first = peek();
        if (first == '\'') {
            JsonNode value = JsonNodeFactory.instance.textNode(quoted(isTemplate));
            return scope -> value;
        }
        if (first == '$') {
            return path(pathText());
        }
        if (text.startsWith("States.", at)) {
            return call();
        }
        return literal();
    }

    private Template path(String path) {
        Path planned = Path.parse(path);
        return scope -> {
            try {
                return planned.find(scope);
            } catch (Path.Missing missing) {
                throw failure(
                        text,
                        "The JsonPath argument for the field '" + path + "' could not be found in the input '"
                                + planned.root(scope) + "'");
            }
        };
    }

    /** Reads a text; in a template, escaped braces keep their backslash. */
    private String quoted(boolean isTemplate) {
        StringBuilder value = new StringBuilder();
        at++;
        while (peek() != '\'') {
            char next = text.charAt(at++);
            if (next == '\\' && at < text.length()) {
                char escaped = text.charAt(at++);
                boolean isBrace = escaped == '{' || escaped == '}';
                if (isBrace ? isTemplate : escaped != '\'' && escaped != '\\') {
                    value.append('\\');
                }
                value.append(escaped);
            } else {
                value.append(next);
            }
        }
        at++;
        return value.toString();
    }

    /** Reads a path up to the comma or parenthesis that ends it, over brackets, quotes and inner parentheses. */
    private String pathText() {
        int start = at;
        int depth = 0;
        boolean inQuotes = false;
        while (at < text.length()) {
            char next = text.charAt(at);
            if (next == '\'') {
                inQuotes = !inQuotes;
            } else if (!inQuotes && (next == '(' || next == '[')) {
                depth++;
            } else if (!inQuotes && depth == 0 && (next == ',' || next == ')')) {
                break;
            } else if (!inQuotes && (next == ')' || next == ']')) {
                depth--;
            }
            at++;
        }
        return text.substring(start, at).strip();
    }

    private Template literal() {
        int start = at;
        while (at < text.length() && text.charAt(at) != ',' && text.charAt(at) != ')') {
            at++;
        }
        try {
            JsonNode value = JSON.readTree(text.substring(start, at).strip());
            return scope -> value;
        } catch (IOException unreadable) {
            throw new IllegalArgumentException("no argument: `" + text.substring(start, at) + "`", unreadable);
        }
    }

    private void expect(char wanted) {
        if (peek() != wanted) {
            throw new IllegalArgumentException("expected `" + wanted + "` at " + at);
        }
        at++;
    }

    private char peek() {
        if (at >= text.length()) {
            throw new IllegalArgumentException("it ends early");
        }
        return text.charAt(at);
    }

    private void space() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }
}
