package io.crois.testkit.engine.internal.expression;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A chain of member names and array indexes: a reference path such as {@code $.a['b'][0]}. */
final class Steps {

    private static final Pattern STEP =
            Pattern.compile("\\.([\\p{L}\\p{N}_-]+)(?![(\\p{L}\\p{N}_-])|\\[(\\d{1,9})]|\\['([^'\\\\]*)']");

    private final Object[] steps;

    private Steps(Object[] steps) {
        this.steps = steps;
    }

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
            steps.add(index == null ? name.intern() : Integer.valueOf(index));
            at = matcher.end();
        }
        return path.startsWith("$") ? new Steps(steps.toArray()) : null;
    }

    /** Returns the steps: names and indexes. */
    List<Object> list() {
        return List.of(steps);
    }

    /** Returns the only step if it is a name, {@code null} for other chains. */
    @Nullable
    String onlyName() {
        return steps.length == 1 && steps[0] instanceof String name ? name : null;
    }

    /** Returns the chain in brackets, as the JSONPath library writes it. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("$");
        for (Object step : steps) {
            text.append(step instanceof Integer ? "[" + step + "]" : "['" + step + "']");
        }
        return text.toString();
    }

    /** Returns what the chain leads to, {@code null} when it leads nowhere. */
    @Nullable
    JsonNode walk(JsonNode root) {
        JsonNode node = root;
        for (Object step : steps) {
            JsonNode next = null;
            if (step instanceof String name) {
                next = node instanceof ObjectNode object ? object.get(name) : null;
            } else if (node instanceof ArrayNode array) {
                next = array.get((Integer) step);
            }
            if (next == null) {
                return null;
            }
            node = next;
        }
        return node;
    }
}
