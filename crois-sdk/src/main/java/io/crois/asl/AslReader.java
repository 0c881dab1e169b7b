package io.crois.asl;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/** Turns text into JSON within bounds, so that no definition can overflow the stack of a reader. */
final class AslReader {
    /** Deeper definitions are refused; AWS's own limits on size leave no use for more. */
    static final int MAX_DEPTH = 1_000;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .build())
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private AslReader() {}

    static JsonNode tree(String text) throws JsonProcessingException {
        return MAPPER.readTree(text);
    }

    static JsonNode read(String text) {
        try {
            return tree(text);
        } catch (JsonProcessingException e) {
            throw new AslFormatException("", "The definition is not JSON: " + e.getOriginalMessage());
        }
    }

    static String write(JsonNode node) {
        try {
            return MAPPER.writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(
                    "A definition cannot be written. This is a bug in Crois, please report it.", e);
        }
    }

    /**
     * Returns a copy of {@code node}, refused where it is nested too deeply for the readers that recurse. The copy goes
     * through text, so that a number is the same node, and equal, however it was made.
     */
    static JsonNode copyWithinDepth(JsonNode node) {
        Deque<Iterator<JsonNode>> open = new ArrayDeque<>();
        open.push(node.elements());
        while (!open.isEmpty()) {
            if (open.size() > MAX_DEPTH + 1) {
                throw new AslFormatException("", "The definition is nested more than " + MAX_DEPTH + " levels deep.");
            }
            if (open.element().hasNext()) {
                open.push(open.element().next().elements());
            } else {
                open.pop();
            }
        }
        return read(write(node));
    }
}
