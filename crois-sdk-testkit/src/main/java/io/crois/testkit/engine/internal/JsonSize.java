package io.crois.testkit.engine.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Map;
import java.util.function.BiConsumer;

/** Tells whether JSON is larger, as compact UTF-8 text, than a limit, without writing it. */
final class JsonSize {

    private static final int LONGEST_INT = 11;

    /** As deep as the service's own reader, and Jackson's, goes. */
    private static final int DEPTH = 1_000;

    private long left;
    private int depth;

    private JsonSize(long limit) {
        this.left = limit;
    }

    /** Returns whether it is; JSON that nests deeper than its readers follow counts as too large. */
    static boolean exceeds(JsonNode value, long limit) {
        if (limit - estimate(value, limit, 0) >= 0) {
            return false;
        }
        JsonSize size = new JsonSize(limit);
        size.take(value);
        return size.left < 0;
    }

    /** Returns the size. */
    static long of(JsonNode value) {
        JsonSize size = new JsonSize(Integer.MAX_VALUE);
        size.take(value);
        return Integer.MAX_VALUE - size.left;
    }

    /** Returns a size that the value's cannot exceed. */
    static long atMost(JsonNode value, long limit) {
        return estimate(value, limit, 0);
    }

    /** Returns a size that the value's cannot exceed, without a look at each character; soon ends above the limit. */
    private static long estimate(JsonNode value, long limit, int depth) {
        if (depth > DEPTH) {
            return Integer.MAX_VALUE * 6L;
        }
        if (value instanceof TextNode text) {
            return 2 + 6L * text.textValue().length();
        }
        if (value instanceof ObjectNode object) {
            Members members = new Members(limit, depth);
            object.forEachEntry(members);
            return members.size;
        }
        if (value instanceof ArrayNode array) {
            long size = 2;
            for (int i = 0; i < array.size() && size <= limit; i++) {
                size += 1 + estimate(array.get(i), limit, depth + 1);
            }
            return size;
        }
        return value instanceof IntNode || value instanceof BooleanNode || value instanceof NullNode
                ? LONGEST_INT
                : value.asText().length();
    }

    private void take(JsonNode value) {
        if (++depth > DEPTH) {
            left = -1;
        } else if (value.isObject()) {
            left -= 1 + Math.max(1, value.size());
            for (Map.Entry<String, JsonNode> field : value.properties()) {
                text(field.getKey());
                left--;
                take(field.getValue());
                if (left < 0) {
                    break;
                }
            }
        } else if (value.isArray()) {
            left -= 1 + Math.max(1, value.size());
            for (int i = 0; i < value.size() && left >= 0; i++) {
                take(value.get(i));
            }
        } else if (value.isTextual()) {
            text(value.textValue());
        } else if (value.isInt()) {
            left -= digits(value.intValue());
        } else {
            left -= value.asText().length();
        }
        depth--;
    }

    private static int digits(int number) {
        int digits = number < 0 ? 2 : 1;
        for (int rest = number / 10; rest != 0; rest /= 10) {
            digits++;
        }
        return digits;
    }

    private void text(String text) {
        left -= 2L + text.length();
        for (int i = 0; i < text.length() && left >= 0; i++) {
            char c = text.charAt(i);
            if (c < 0x20) {
                left -= c == '\n' || c == '\t' || c == '\r' || c == '\b' || c == '\f' ? 1 : 5;
            } else if (c == '"' || c == '\\') {
                left--;
            } else if (c >= 0x800) {
                left -= Character.isSurrogate(c) ? 1 : 2;
            } else if (c >= 0x80) {
                left--;
            }
        }
    }

    /** Adds up the members of an object. */
    private static final class Members implements BiConsumer<String, JsonNode> {
        private final long limit;
        private final int depth;
        private long size = 2;

        private Members(long limit, int depth) {
            this.limit = limit;
            this.depth = depth;
        }

        @Override
        public void accept(String name, JsonNode value) {
            if (size <= limit) {
                size += 4 + 6L * name.length() + estimate(value, limit, depth + 1);
            }
        }
    }
}
