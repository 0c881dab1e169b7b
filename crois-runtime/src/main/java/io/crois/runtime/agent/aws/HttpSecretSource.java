package io.crois.runtime.agent.aws;

import com.fasterxml.jackson.databind.JsonNode;
import io.crois.contract.Json;
import java.util.Map;
import java.util.Optional;

/** Secrets Manager over HTTP. */
final class HttpSecretSource implements SecretSource {
    private final JsonService service;

    HttpSecretSource(JsonService service) {
        this.service = service;
    }

    @Override
    public Optional<String> text(String id) {
        JsonNode text = service.call("GetSecretValue", Json.tree(Map.of("SecretId", id)))
                .path("SecretString");
        return text.isTextual() ? Optional.of(text.asText()) : Optional.empty();
    }
}
