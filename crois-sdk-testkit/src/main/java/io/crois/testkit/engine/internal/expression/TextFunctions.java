package io.crois.testkit.engine.internal.expression;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.StringTokenizer;
import java.util.regex.Pattern;

/** The intrinsic functions on texts. */
final class TextFunctions {

    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private static final Set<String> HASHES = Set.of("MD5", "SHA-1", "SHA-256", "SHA-384", "SHA-512");
    private static final Pattern NO_DIGIT = Pattern.compile("[^A-Za-z0-9+/_=-]");
    private static final int LONGEST = 10_000;

    /** Four times what a state may hand on. */
    private static final int LONGEST_FORMATTED = 1_048_576;

    private TextFunctions() {}

    static JsonNode format(List<JsonNode> arguments) {
        String template = text(arguments.get(0), "template");
        StringBuilder formatted = new StringBuilder();
        int used = 1;
        for (int i = 0; i < template.length(); i++) {
            char next = template.charAt(i);
            if (next == '\\' && i + 1 < template.length() && "{}".indexOf(template.charAt(i + 1)) >= 0) {
                formatted.append(template.charAt(++i));
            } else if (next == '{' && i + 1 < template.length() && template.charAt(i + 1) == '}') {
                if (used == arguments.size()) {
                    throw new IllegalArgumentException("Invalid arguments in States.Format");
                }
                formatted.append(shown(arguments.get(used++)));
                if (formatted.length() > LONGEST_FORMATTED) {
                    throw new IllegalArgumentException("The text is longer than " + LONGEST_FORMATTED + " characters");
                }
                i++;
            } else if (next == '{' || next == '}') {
                throw new IllegalArgumentException("A brace that stands for itself needs a backslash");
            } else {
                formatted.append(next);
            }
        }
        if (used != arguments.size()) {
            throw new IllegalArgumentException("Invalid arguments in States.Format");
        }
        return textNode(formatted.toString());
    }

    /** Writes a value as the service's own language does: members as {@code name=value}, texts bare. */
    private static String shown(JsonNode value) {
        if (value.isObject()) {
            List<String> members = new ArrayList<>();
            value.properties().forEach(entry -> members.add(entry.getKey() + "=" + shown(entry.getValue())));
            return "{" + String.join(", ", members) + "}";
        }
        if (value.isArray()) {
            List<String> items = new ArrayList<>();
            value.forEach(item -> items.add(shown(item)));
            return "[" + String.join(", ", items) + "]";
        }
        return value.asText();
    }

    static JsonNode parse(List<JsonNode> arguments) {
        try {
            JsonNode value = JSON.readTree(text(arguments.get(0), "argument"));
            return value.isMissingNode() ? JsonNodeFactory.instance.nullNode() : value;
        } catch (JsonProcessingException unreadable) {
            throw new IllegalArgumentException("The String provided could not be converted to JSON", unreadable);
        }
    }

    static JsonNode write(List<JsonNode> arguments) {
        return textNode(arguments.get(0).toString());
    }

    /** Splits at every character of the second text; what is empty between two of them is left out. */
    static JsonNode split(List<JsonNode> arguments) {
        ArrayNode parts = JsonNodeFactory.instance.arrayNode();
        StringTokenizer tokens =
                new StringTokenizer(text(arguments.get(0), "input"), text(arguments.get(1), "splitter"));
        while (tokens.hasMoreTokens()) {
            parts.add(tokens.nextToken());
        }
        return parts;
    }

    static JsonNode encode(List<JsonNode> arguments) {
        byte[] bytes = text(limited(arguments.get(0)), "argument").getBytes(StandardCharsets.UTF_8);
        return textNode(Base64.getEncoder().encodeToString(bytes));
    }

    /** Passes over what is no digit, and ends at the first padding, as the service does. */
    static JsonNode decode(List<JsonNode> arguments) {
        String text =
                NO_DIGIT.matcher(text(limited(arguments.get(0)), "argument")).replaceAll("");
        int end = text.indexOf('=');
        String digits =
                (end < 0 ? text : text.substring(0, end)).replace('-', '+').replace('_', '/');
        int whole = digits.length() % 4 == 1 ? digits.length() - 1 : digits.length();
        byte[] bytes = Base64.getDecoder().decode(digits.substring(0, whole));
        return textNode(new String(bytes, StandardCharsets.UTF_8));
    }

    static JsonNode hash(List<JsonNode> arguments) {
        JsonNode data = limited(arguments.get(0));
        return textNode(
                hash(data.isTextual() ? data.textValue() : data.toString(), text(arguments.get(1), "algorithm")));
    }

    /** Returns whether a digest of this name can be made. */
    static boolean isHash(String algorithm) {
        return HASHES.contains(algorithm);
    }

    /** Returns the digest in hexadecimal digits. */
    static String hash(String data, String algorithm) {
        if (!HASHES.contains(algorithm)) {
            throw new IllegalArgumentException("Unsupported hash algorithm: " + algorithm);
        }
        try {
            byte[] digest = MessageDigest.getInstance(algorithm).digest(data.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static JsonNode limited(JsonNode value) {
        if (value.isTextual() && value.textValue().length() > LONGEST) {
            throw new IllegalArgumentException("The argument is longer than " + LONGEST + " characters");
        }
        return value;
    }

    private static String text(JsonNode value, String name) {
        if (!value.isTextual()) {
            throw new IllegalArgumentException("The " + name + " must be a string, but was: " + value);
        }
        return value.textValue();
    }

    private static JsonNode textNode(String text) {
        return JsonNodeFactory.instance.textNode(text);
    }
}
