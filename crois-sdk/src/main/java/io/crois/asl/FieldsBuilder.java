package io.crois.asl;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the builders of this package share: any field can be set by its name in the definition. Not safe for use by
 * several threads.
 *
 * @param <B> the builder itself
 */
public abstract class FieldsBuilder<B extends FieldsBuilder<B>> {
    final ObjectNode node;

    FieldsBuilder(ObjectNode node) {
        this.node = node;
    }

    /**
     * Sets a field by its name in the definition, replacing an earlier value; a null node is written as {@code null},
     * which is not the same as leaving the field out.
     */
    public final B field(String name, JsonNode value) {
        node.set(name, value.deepCopy());
        return self();
    }

    /** Sets a field by its name to a text, replacing an earlier value. */
    public final B field(String name, String text) {
        return field(name, TextNode.valueOf(text));
    }

    final B number(String name, long value) {
        return field(name, JsonNodeFactory.instance.numberNode(value));
    }

    final B path(String name, @Nullable String path) {
        return field(name, path == null ? NullNode.getInstance() : TextNode.valueOf(path));
    }

    final B texts(String name, List<String> texts) {
        ArrayNode array = node.putArray(name);
        texts.forEach(array::add);
        return self();
    }

    final B add(String name, JsonNode element) {
        node.withArrayProperty(name).add(element);
        return self();
    }

    /** Returns the fields as they stand; the builder can be used further. */
    final Fields fields() {
        return new Fields(AslReader.copyWithinDepth(node), "");
    }

    @SuppressWarnings("unchecked") // every subclass names itself as B
    final B self() {
        return (B) this;
    }
}
