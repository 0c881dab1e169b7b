package io.crois.testkit.engine.internal.expression;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where {@code ResultPath} puts a result. */
final class ReferencePath {

    private final String text;
    private final List<Object> steps;

    private ReferencePath(String text, List<Object> steps) {
        this.text = text;
        this.steps = steps;
    }

    static ReferencePath parse(String text) {
        Steps steps = Steps.parse(text);
        return new ReferencePath(text, steps == null ? List.of() : steps.list());
    }

    /** Returns the document with the value in its place; objects on the way that are missing are made. */
    JsonNode put(JsonNode document, JsonNode value) {
        if (steps.isEmpty() && !text.equals("$")) {
            throw conflict(document);
        }
        JsonNode combined = put(document, value, 0);
        if (combined == null) {
            throw conflict(document);
        }
        return combined;
    }

    /** Returns the node with the value in its place, {@code null} where it cannot go there. */
    private @Nullable JsonNode put(@Nullable JsonNode node, JsonNode value, int depth) {
        if (depth == steps.size()) {
            return value;
        }
        return steps.get(depth) instanceof Integer index
                ? putItem(node, index, value, depth)
                : putMember(node, (String) steps.get(depth), value, depth);
    }

    private @Nullable JsonNode putMember(@Nullable JsonNode node, String name, JsonNode value, int depth) {
        ObjectNode copy = Expressions.object(node == null ? 1 : node.size() + 1);
        if (node instanceof ObjectNode object) {
            copy.setAll(object);
        } else if (node != null && (depth == 0 || !node.isNull())) {
            return null;
        }
        JsonNode inner = put(copy.get(name), value, depth + 1);
        return inner == null ? null : copy.set(name, inner);
    }

    private @Nullable JsonNode putItem(@Nullable JsonNode node, int index, JsonNode value, int depth) {
        if (!(node instanceof ArrayNode array) || index >= array.size()) {
            return null;
        }
        JsonNode inner = put(array.get(index), value, depth + 1);
        if (inner == null) {
            return null;
        }
        ArrayNode copy = JsonNodeFactory.instance.arrayNode(array.size());
        copy.addAll(array);
        copy.set(index, inner);
        return copy;
    }

    private StatesError conflict(JsonNode document) {
        return StatesError.of(
                "States.ReferencePathConflict", "Unable to apply ReferencePath " + text + " to input " + document);
    }
}
