package io.crois.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** Puts the JSON of a record together; its members are named in alphabetical order. */
final class Shape {
    private final ObjectNode json = JsonNodeFactory.instance.objectNode();

    /** Adds a member, unless it is {@code null}. */
    Shape with(String name, @Nullable Object value) {
        if (value != null) {
            JsonNode tree = Trees.of(value);
            if (tree == null) {
                throw new IllegalArgumentException(
                        "`" + name + "` is a " + value.getClass().getName()
                                + ", which is not written by hand. This is a bug in Crois, please report it.");
            }
            json.set(name, tree);
        }
        return this;
    }

    ObjectNode json() {
        return json;
    }
}
