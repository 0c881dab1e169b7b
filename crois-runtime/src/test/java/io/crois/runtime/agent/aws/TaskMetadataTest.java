package io.crois.runtime.agent.aws;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.crois.runtime.agent.http.HttpConnections;
import io.crois.runtime.agent.http.HttpLimits;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TaskMetadataTest {
    private static final String DIGEST = "sha256:d691691e9652791a60114e67b365688d20d19940dde7c4736ea30e660d8d3553";

    private final HttpConnections http = HttpConnections.create(HttpLimits.defaults());

    @AfterEach
    void close() {
        http.close();
    }

    @Test
    void the_digest_is_that_of_the_image_of_the_container() throws Exception {
        assertThat(digest(200, "{\"DockerId\": \"x\", \"Image\": \"demo/train:1\", \"ImageID\": \"" + DIGEST + "\"}"))
                .isEqualTo(DIGEST);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{}", "{\"ImageID\": \"\"}", "{\"ImageID\": 7}", "{\"ImageID\": \"<script>\"}", "no JSON", ""})
    void what_is_no_digest_is_not_known(String answer) throws Exception {
        assertThat(digest(200, answer)).isNull();
    }

    @Test
    void an_endpoint_that_fails_or_is_not_there_fails_nothing() throws Exception {
        assertThat(digest(500, "{\"ImageID\": \"" + DIGEST + "\"}")).isNull();
        assertThat(new TaskMetadata(http, Map.of()).digest()).isNull();
    }

    private String digest(int status, String answer) throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        byte[] body = answer.getBytes(StandardCharsets.UTF_8);
        server.createContext("/v4/1", exchange -> {
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        try {
            String endpoint = "http://127.0.0.1:" + server.getAddress().getPort() + "/v4/1";
            return new TaskMetadata(http, Map.of("ECS_CONTAINER_METADATA_URI_V4", endpoint)).digest();
        } finally {
            server.stop(0);
        }
    }
}
