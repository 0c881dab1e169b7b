package io.crois.testkit.engine.internal.expression;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A chain of member names and array indexes: a reference path such as {@code $.a['b'][0]}. */
record Steps(List<Object> steps) {

    private static final Pattern STEP =
            Pattern.compile("\\.([\\p{L}\\p{N}_-]+)(?![(\\p{L}\\p{N}_-])|\\[(\\d{1,9})]|\\['([^'\\\\]*)']");

    /** Returns the steps behind {@code $}, {@code null} when the path is more than such a chain. */
    static @Nullable Steps parse(String path) {
        List<Object> steps = new ArrayList<>();
        Matcher matcher = STEP.matcher(path);
        int at = 1;
        while (at < path.length()) {
            if (!matcher.region(at, path.length()).lookingAt()) {
                return null;
            }
            String index = matcher.group(2);
            String name = matcher.group(1) == null ? matcher.group(3) : matcher.group(1);
            steps.add(index == null ? name : Integer.valueOf(index));
            at = matcher.end();
        }
        return path.startsWith("$") ? new Steps(List.copyOf(steps)) : null;
    }

    /** Returns the chain in brackets, as the JSONPath library writes it. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("$");
        steps.forEach(step -> text.append(step instanceof Integer ? "[" + step + "]" : "['" + step + "']"));
        return text.toString();
    }

    /** Returns what the chain leads to, {@code null} when it leads nowhere. */
    @Nullable
    JsonNode walk(JsonNode root) {
        JsonNode node = root;
        for (Object step : steps) {
            JsonNode next = step instanceof Integer index
                    ? (node.isArray() ? node.get(index) : null)
                    : (node.isObject() ? node.get((String) step) : null);
            if (next == null) {
                return null;
            }
            node = next;
        }
        return node;
    }
}
