package io.crois.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Reads a JSON text (RFC 8259, UTF-8) into the tree that Jackson makes of it. Jackson's own parser needs
 * {@link BigDecimal} from its first line, whose initialisation takes the program longer than all else between an order
 * and its command; here only a fraction needs it.
 */
final class JsonReader {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    /** How deep arrays and objects may be nested, and how long a number may be: the limits of Jackson's parser. */
    private static final int DEEPEST = 1000;

    private static final int LONGEST_NUMBER = 1000;
    /** Every number of so many digits is a {@code long}. */
    private static final int DIGITS_OF_LONG = 18;

    private static final String BYTE_ORDER_MARK = "\ufeff";
    private static final char END = '\uffff';

    private final char[] text;
    private int at;
    private int depth;

    private JsonReader(String text) {
        this.text = text.toCharArray();
        this.at = text.startsWith(BYTE_ORDER_MARK) ? 1 : 0;
    }

    /** Returns the one value that the text holds; a missing node if it holds none. */
    static JsonNode read(byte[] text) throws MalformedJsonException {
        JsonReader reader = new JsonReader(decoded(text));
        if (reader.afterSpace() == END && reader.isAtEnd()) {
            return NODES.missingNode();
        }
        JsonNode value = reader.value();
        reader.afterSpace();
        if (!reader.isAtEnd()) {
            throw reader.malformed();
        }
        return value;
    }

    private static String decoded(byte[] text) throws MalformedJsonException {
        String decoded = new String(text, StandardCharsets.UTF_8);
        int replaced = decoded.indexOf('\ufffd');
        if (replaced >= 0) {
            try {
                StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(text));
            } catch (CharacterCodingException e) {
                throw new MalformedJsonException(decoded, replaced);
            }
        }
        return decoded;
    }

    private JsonNode value() throws MalformedJsonException {
        char first = afterSpace();
        return switch (first) {
            case '{' -> object();
            case '[' -> array();
            case '"' -> NODES.textNode(string());
            case 't' -> literal("true", NODES.booleanNode(true));
            case 'f' -> literal("false", NODES.booleanNode(false));
            case 'n' -> literal("null", NODES.nullNode());
            default -> number();
        };
    }

    private ObjectNode object() throws MalformedJsonException {
        enter();
        ObjectNode object = NODES.objectNode();
        if (!skips('}')) {
            do {
                if (afterSpace() != '"') {
                    throw malformed();
                }
                String name = string();
                expect(':');
                object.replace(name, value());
            } while (skips(','));
            expect('}');
        }
        depth--;
        return object;
    }

    private ArrayNode array() throws MalformedJsonException {
        enter();
        ArrayNode array = NODES.arrayNode();
        if (!skips(']')) {
            do {
                array.add(value());
            } while (skips(','));
            expect(']');
        }
        depth--;
        return array;
    }

    private void enter() throws MalformedJsonException {
        if (++depth > DEEPEST) {
            throw malformed();
        }
        at++;
    }

    private JsonNode literal(String word, JsonNode value) throws MalformedJsonException {
        for (int i = 0; i < word.length(); i++) {
            if (at + i >= text.length || text[at + i] != word.charAt(i)) {
                throw malformed();
            }
        }
        at += word.length();
        return value;
    }

    private String string() throws MalformedJsonException {
        int start = ++at;
        for (char next = peek(); next != '"'; next = peek()) {
            if (next == '\\') {
                return escaped(start);
            }
            if (next < ' ' || isAtEnd()) {
                throw malformed();
            }
            at++;
        }
        return new String(text, start, at++ - start);
    }

    private String escaped(int start) throws MalformedJsonException {
        StringBuilder string = new StringBuilder().append(text, start, at - start);
        for (char next = peek(); next != '"'; next = peek()) {
            if (next < ' ' || isAtEnd()) {
                throw malformed();
            }
            at++;
            string.append(next == '\\' ? escape() : next);
        }
        at++;
        return string.toString();
    }

    private char escape() throws MalformedJsonException {
        char kind = peek();
        int plain = "\"\\/bfnrt".indexOf(kind);
        if (plain >= 0) {
            at++;
            return "\"\\/\b\f\n\r\t".charAt(plain);
        }
        if (kind != 'u') {
            throw malformed();
        }
        at++;
        int code = 0;
        for (int i = 0; i < 4; i++) {
            int digit = peek() < 128 ? Character.digit(peek(), 16) : -1;
            if (digit < 0) {
                throw malformed();
            }
            code = code << 4 | digit;
            at++;
        }
        return (char) code;
    }

    private JsonNode number() throws MalformedJsonException {
        int start = at;
        if (peek() == '-') {
            at++;
        }
        int first = at;
        digits();
        if (text[first] == '0' && at > first + 1) {
            at = first + 1;
            throw malformed();
        }
        boolean whole = true;
        if (peek() == '.') {
            at++;
            digits();
            whole = false;
        }
        if (peek() == 'e' || peek() == 'E') {
            at++;
            if (peek() == '+' || peek() == '-') {
                at++;
            }
            digits();
            whole = false;
        }
        if (at - first > LONGEST_NUMBER) {
            throw malformed();
        }
        return whole ? integer(start) : fraction(start);
    }

    private void digits() throws MalformedJsonException {
        int start = at;
        while (peek() >= '0' && peek() <= '9') {
            at++;
        }
        if (at == start) {
            throw malformed();
        }
    }

    private JsonNode integer(int start) {
        if (at - start <= DIGITS_OF_LONG) {
            boolean negative = text[start] == '-';
            long number = 0;
            for (int i = negative ? start + 1 : start; i < at; i++) {
                number = 10 * number + text[i] - '0';
            }
            return integer(negative ? -number : number);
        }
        BigInteger number = new BigInteger(new String(text, start, at - start));
        return number.bitLength() < Long.SIZE ? integer(number.longValue()) : NODES.numberNode(number);
    }

    private static JsonNode integer(long number) {
        return number == (int) number ? NODES.numberNode((int) number) : NODES.numberNode(number);
    }

    private JsonNode fraction(int start) throws MalformedJsonException {
        try {
            return NODES.numberNode(new BigDecimal(text, start, at - start).stripTrailingZeros());
        } catch (NumberFormatException e) {
            throw malformed();
        }
    }

    private void expect(char expected) throws MalformedJsonException {
        if (!skips(expected)) {
            throw malformed();
        }
    }

    private boolean skips(char character) {
        boolean there = afterSpace() == character;
        if (there) {
            at++;
        }
        return there;
    }

    private char afterSpace() {
        while (peek() == ' ' || peek() == '\n' || peek() == '\r' || peek() == '\t') {
            at++;
        }
        return peek();
    }

    private char peek() {
        return at < text.length ? text[at] : END;
    }

    private boolean isAtEnd() {
        return at >= text.length;
    }

    private MalformedJsonException malformed() {
        return new MalformedJsonException(new String(text), at);
    }
}
