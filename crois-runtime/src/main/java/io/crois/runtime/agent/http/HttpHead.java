package io.crois.runtime.agent.http;

import java.io.IOException;
import java.io.StreamCorruptedException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Status and headers of an answer.
 *
 * @param headers by their names in lower case; of repeated ones the first
 * @param reusable whether the connection may carry another exchange when the body is read
 */
record HttpHead(int status, Map<String, String> headers, boolean reusable) {
    private static final int LIMIT_BYTES = 64 * 1024;

    static HttpHead read(ConnectionInput in) throws IOException {
        Lines lines = new Lines(in);
        String status = lines.next();
        if (!status.startsWith("HTTP/1.") || status.length() < 12) {
            throw new StreamCorruptedException("The answer does not begin with a status line of HTTP/1.1.");
        }
        Map<String, String> headers = new HashMap<>();
        for (String line = lines.next(); !line.isEmpty(); line = lines.next()) {
            int colon = line.indexOf(':');
            if (colon <= 0) {
                throw new StreamCorruptedException("The answer has a header line without a colon.");
            }
            headers.putIfAbsent(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        boolean close = "close".equalsIgnoreCase(headers.get("connection")) || status.startsWith("HTTP/1.0");
        return new HttpHead(number(status.substring(9, 12)), headers, !close);
    }

    private static int number(String text) throws IOException {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new StreamCorruptedException("The answer has no status of three digits.");
        }
    }

    /** Returns this head for a connection that is closed after it. */
    HttpHead last() {
        return new HttpHead(status, headers, false);
    }

    boolean chunked() {
        return "chunked".equalsIgnoreCase(headers.get("transfer-encoding"));
    }

    /** Returns the length of the body; {@code null} where the end of the connection ends it. */
    @Nullable
    Long length() throws IOException {
        String text = headers.get("content-length");
        if (text == null) {
            return null;
        }
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new StreamCorruptedException("The answer has a `Content-Length` that is no number.");
        }
    }

    /** Reads lines up to a limit for all of them, so that a broken server cannot fill the memory. */
    static final class Lines {
        private final ConnectionInput in;
        private int left = LIMIT_BYTES;

        Lines(ConnectionInput in) {
            this.in = in;
        }

        String next() throws IOException {
            String line = in.line(left);
            left -= line.length();
            return line;
        }
    }
}
