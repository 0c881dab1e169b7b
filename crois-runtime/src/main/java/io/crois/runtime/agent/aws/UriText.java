package io.crois.runtime.agent.aws;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** Paths and queries as signatures want them: every byte but those that RFC 3986 leaves alone becomes {@code %XX}. */
final class UriText {
    private static final char[] HEX = "0123456789ABCDEF".toCharArray();

    private UriText() {}

    /** Encodes a path, whose slashes stay. */
    static String path(String path) {
        return encoded(path, true);
    }

    /** Returns a query with its names in order; every one has its {@code =}. */
    static String query(Map<String, String> parameters) {
        if (parameters.isEmpty()) {
            return "";
        }
        StringBuilder query = new StringBuilder();
        for (Map.Entry<String, String> parameter : new TreeMap<>(parameters).entrySet()) {
            query.append(query.isEmpty() ? "" : "&").append(encoded(parameter.getKey(), false));
            query.append('=').append(encoded(parameter.getValue(), false));
        }
        return query.toString();
    }

    private static String encoded(String text, boolean slashes) {
        StringBuilder encoded = new StringBuilder(text.length() + 16);
        for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
            char character = (char) (each & 0xff);
            if (isUnreserved(character) || slashes && character == '/') {
                encoded.append(character);
            } else {
                encoded.append('%').append(HEX[character >> 4]).append(HEX[character & 0xf]);
            }
        }
        return encoded.toString();
    }

    private static boolean isUnreserved(char character) {
        return character >= 'a' && character <= 'z'
                || character >= 'A' && character <= 'Z'
                || character >= '0' && character <= '9'
                || character == '-'
                || character == '.'
                || character == '_'
                || character == '~';
    }
}
