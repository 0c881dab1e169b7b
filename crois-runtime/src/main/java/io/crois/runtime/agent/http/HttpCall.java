package io.crois.runtime.agent.http;

import java.util.Map;

/**
 * One request.
 *
 * @param target path and query, already encoded
 * @param headers without {@code Content-Length} and {@code Connection}; with {@code Host} where it is signed
 */
public record HttpCall(HttpOrigin origin, String method, String target, Map<String, String> headers, HttpBody body) {

    public HttpCall {
        headers = Map.copyOf(headers);
        for (Map.Entry<String, String> header : headers.entrySet()) {
            check(header.getKey(), header.getValue());
        }
    }

    private static void check(String name, String value) {
        for (int i = 0; i < value.length(); i++) {
            if (value.charAt(i) < ' ') {
                throw new IllegalArgumentException(
                        "Header `" + name + "` must not hold control characters, but does; it is not sent.");
            }
        }
    }

    /** Leaves out the query and the headers, which may hold what is not for logs. */
    @Override
    public String toString() {
        int query = target.indexOf('?');
        return method + " " + origin.authority() + (query < 0 ? target : target.substring(0, query));
    }
}
