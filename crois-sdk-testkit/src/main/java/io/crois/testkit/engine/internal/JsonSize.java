package io.crois.testkit.engine.internal;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/** Tells whether JSON is larger, as compact UTF-8 text, than a limit, without writing it. */
final class JsonSize {

    private long left;

    private JsonSize(long limit) {
        this.left = limit;
    }

    static boolean exceeds(JsonNode value, long limit) {
        JsonSize size = new JsonSize(limit);
        size.take(value);
        return size.left < 0;
    }

    private void take(JsonNode value) {
        if (value.isObject()) {
            left -= 1 + Math.max(1, value.size());
            for (Map.Entry<String, JsonNode> field : value.properties()) {
                text(field.getKey());
                left--;
                take(field.getValue());
                if (left < 0) {
                    return;
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
}
