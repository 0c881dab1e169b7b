package io.crois.runtime.agent.aws;

import com.fasterxml.jackson.databind.JsonNode;
import io.crois.runtime.agent.http.HttpAnswer;
import io.crois.runtime.agent.http.HttpBody;
import io.crois.runtime.agent.http.HttpCall;
import io.crois.runtime.agent.http.HttpConnections;
import io.crois.runtime.agent.http.HttpOrigin;
import io.crois.wire.JsonText;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Calls to the endpoints beside a container: credentials, metadata of the task and of the machine. */
final class MetadataCall {
    private static final int LIMIT_BYTES = 1024 * 1024;

    private MetadataCall() {}

    static JsonNode get(HttpConnections http, URI url, Map<String, String> headers) {
        try {
            return JsonText.parse(text(http, "GET", url, headers));
        } catch (IllegalArgumentException e) {
            throw ServiceFailure.wrong("The call to `" + url.getHost() + "`", "it is no JSON.");
        }
    }

    static String text(HttpConnections http, String method, URI url, Map<String, String> headers) {
        String target = url.getRawPath() + (url.getRawQuery() == null ? "" : "?" + url.getRawQuery());
        HttpCall call = new HttpCall(HttpOrigin.of(url), method, target, headers, HttpBody.EMPTY);
        try (HttpAnswer answer = http.send(call)) {
            byte[] bytes = answer.bytes(LIMIT_BYTES);
            if (answer.status() != 200) {
                throw ServiceFailure.answered("The call to `" + url.getHost() + "`", answer.status(), "", "");
            }
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw ServiceFailure.broken("The call to `" + url.getHost() + "`", e);
        }
    }
}
