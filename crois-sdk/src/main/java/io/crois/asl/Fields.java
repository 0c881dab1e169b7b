package io.crois.asl;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/** The fields of one object of a definition, never changed after it is made; what leaves is copied. */
final class Fields {
    private final ObjectNode node;
    private final String place;

    /** Takes over {@code node}: nobody may change it from here on. */
    Fields(JsonNode node, String place) {
        if (!(node instanceof ObjectNode object)) {
            throw new AslFormatException(place, "An object was expected here, but found " + kind(node) + ".");
        }
        this.node = object;
        this.place = place;
    }

    String place() {
        return place;
    }

    String placeOf(String name) {
        return place + "/" + name.replace("~", "~0").replace("/", "~1");
    }

    boolean has(String name) {
        return node.has(name);
    }

    /** Returns the field's value, a null node where the definition says null, empty where the field is absent. */
    Optional<JsonNode> value(String name) {
        return Optional.ofNullable(node.get(name)).map(JsonNode::deepCopy);
    }

    Optional<String> text(String name) {
        return shared(name).map(value -> {
            if (!value.isTextual()) {
                throw wrong(name, "a text", value);
            }
            return value.textValue();
        });
    }

    String requiredText(String name) {
        return text(name).orElseThrow(() -> new AslFormatException(place, "`" + name + "` is missing."));
    }

    /** Returns the value itself, as {@link #shared} does. */
    JsonNode required(String name) {
        return shared(name).orElseThrow(() -> new AslFormatException(place, "`" + name + "` is missing."));
    }

    boolean flag(String name) {
        return shared(name)
                .map(value -> {
                    if (!value.isBoolean()) {
                        throw wrong(name, "a boolean", value);
                    }
                    return value.booleanValue();
                })
                .orElse(false);
    }

    List<String> names() {
        return node.properties().stream().map(Map.Entry::getKey).toList();
    }

    List<String> texts(String name) {
        return list(name, (value, where) -> {
            if (!value.isTextual()) {
                throw new AslFormatException(where, "A text was expected here, but found " + kind(value) + ".");
            }
            return value.textValue();
        });
    }

    Optional<Long> integer(String name) {
        return shared(name).map(value -> {
            if (!value.isIntegralNumber() || !value.canConvertToLong()) {
                throw wrong(name, "a whole number", value);
            }
            return value.longValue();
        });
    }

    Optional<Double> number(String name) {
        return shared(name).map(value -> {
            if (!value.isNumber()) {
                throw wrong(name, "a number", value);
            }
            return value.doubleValue();
        });
    }

    <T> List<T> list(String name, BiFunction<JsonNode, String, T> read) {
        JsonNode array = node.get(name);
        if (array == null) {
            return List.of();
        }
        if (!array.isArray()) {
            throw wrong(name, "an array", array);
        }
        List<T> elements = new ArrayList<>(array.size());
        for (int i = 0; i < array.size(); i++) {
            elements.add(read.apply(array.get(i), placeOf(name) + "/" + i));
        }
        return List.copyOf(elements);
    }

    /** Returns the value itself, for readers of this package that neither change it nor hand it out. */
    Optional<JsonNode> shared(String name) {
        return Optional.ofNullable(node.get(name));
    }

    /** Returns a copy with the fields named in {@code order} first, the others after them as they stood. */
    ObjectNode inOrder(List<String> order) {
        return inOrder(order, "");
    }

    /** Does the same, with {@code null} in the place of the field {@code later}, which the caller fills in. */
    ObjectNode inOrder(List<String> order, String later) {
        ObjectNode copy = JsonNodeFactory.instance.objectNode();
        for (String name : order) {
            shared(name).ifPresent(value -> copy.set(name, name.equals(later) ? null : value.deepCopy()));
        }
        node.properties().forEach(field -> {
            if (!copy.has(field.getKey())) {
                copy.set(field.getKey(), field.getValue().deepCopy());
            }
        });
        return copy;
    }

    ObjectNode copy() {
        return node.deepCopy();
    }

    private AslFormatException wrong(String name, String expected, JsonNode found) {
        return new AslFormatException(place, "`" + name + "` must be " + expected + ", but was " + kind(found) + ".");
    }

    static String kind(JsonNode node) {
        return switch (node.getNodeType()) {
            case ARRAY -> "an array";
            case OBJECT -> "an object";
            case STRING -> "a text";
            case NUMBER -> "a number";
            case BOOLEAN -> "a boolean";
            case NULL -> "null";
            case BINARY, MISSING, POJO -> "no JSON value";
        };
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Fields fields && node.equals(fields.node);
    }

    @Override
    public int hashCode() {
        return node.hashCode();
    }

    @Override
    public String toString() {
        return node.toString();
    }
}
