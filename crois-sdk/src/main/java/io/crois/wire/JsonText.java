package io.crois.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** JSON text and trees of it, without a mapper. */
public final class JsonText {
    private static final JsonFactory FACTORY = new JsonFactoryBuilder()
            .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
            .build();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private JsonText() {}

    /** Returns an empty object. */
    public static ObjectNode object() {
        return NODES.objectNode();
    }

    /**
     * Reads the value that a text holds as a tree.
     *
     * @throws IllegalArgumentException if it is not JSON; the text is not repeated in the message, since it may hold
     *     data
     */
    public static JsonNode parse(byte[] text) {
        try {
            return read(text);
        } catch (MalformedJsonException e) {
            throw new IllegalArgumentException("This is not JSON: " + e.getMessage() + ".", e);
        }
    }

    /** Reads a text as the other method does. */
    public static JsonNode parse(String text) {
        return parse(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Reads the value that a text holds as a tree; a missing node where it holds none. */
    public static JsonNode read(byte[] text) throws MalformedJsonException {
        return JsonReader.read(text);
    }

    /** Returns the text of a tree, in UTF-8. */
    public static byte[] bytes(JsonNode tree) {
        return bytes(json -> write(json, tree));
    }

    /** Returns the text of an object of these members, in the order of their names. */
    public static byte[] bytes(Map<String, JsonNode> members) {
        return bytes(json -> {
            json.writeStartObject();
            for (Map.Entry<String, JsonNode> member : new TreeMap<>(members).entrySet()) {
                json.writeFieldName(member.getKey());
                write(json, member.getValue());
            }
            json.writeEndObject();
        });
    }

    /** Returns the text of a tree. */
    public static String text(JsonNode tree) {
        return new String(bytes(tree), StandardCharsets.UTF_8);
    }

    /** Writes into a text, in UTF-8. */
    static byte[] bytes(Writing writing) {
        ByteArrayOutputStream text = new ByteArrayOutputStream(512);
        try (JsonGenerator json = FACTORY.createGenerator(text)) {
            writing.to(json);
        } catch (IOException e) {
            throw new UncheckedIOException("Memory can be written.", e);
        }
        return text.toByteArray();
    }

    /** Writes values one after the other. */
    @FunctionalInterface
    interface Writing {
        void to(JsonGenerator json) throws IOException;
    }

    static void write(JsonGenerator json, @Nullable JsonNode tree) throws IOException {
        if (tree instanceof ObjectNode object) {
            json.writeStartObject();
            for (Iterator<Map.Entry<String, JsonNode>> all = object.fields(); all.hasNext(); ) {
                Map.Entry<String, JsonNode> member = all.next();
                json.writeFieldName(member.getKey());
                write(json, member.getValue());
            }
            json.writeEndObject();
        } else if (tree instanceof ArrayNode array) {
            json.writeStartArray();
            for (int i = 0; i < array.size(); i++) {
                write(json, array.get(i));
            }
            json.writeEndArray();
        } else {
            writeScalar(json, tree);
        }
    }

    private static void writeScalar(JsonGenerator json, @Nullable JsonNode value) throws IOException {
        if (value == null || value.isNull() || value.isMissingNode()) {
            json.writeNull();
        } else if (value.isTextual()) {
            json.writeString(value.textValue());
        } else if (value.isBoolean()) {
            json.writeBoolean(value.booleanValue());
        } else if (value.isInt() || value.isShort()) {
            json.writeNumber(value.intValue());
        } else if (value.isLong()) {
            json.writeNumber(value.longValue());
        } else if (value.isBigInteger()) {
            json.writeNumber(value.bigIntegerValue());
        } else if (value.isBigDecimal()) {
            json.writeNumber(value.decimalValue());
        } else if (value.isFloat()) {
            json.writeNumber(value.floatValue());
        } else if (value.isDouble()) {
            json.writeNumber(value.doubleValue());
        } else {
            throw new IllegalArgumentException("A " + value.getNodeType() + " has no JSON of its own.");
        }
    }
}
