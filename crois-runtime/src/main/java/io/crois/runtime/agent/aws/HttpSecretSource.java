package io.crois.runtime.agent.aws;

import com.fasterxml.jackson.databind.JsonNode;
import io.crois.wire.JsonText;
import java.util.Optional;

/** Secrets Manager over HTTP. */
final class HttpSecretSource implements SecretSource {
    private final JsonService service;

    HttpSecretSource(JsonService service) {
        this.service = service;
    }

    @Override
    public Optional<String> text(String id) {
        JsonNode text = service.call("GetSecretValue", JsonText.object().put("SecretId", id))
                .path("SecretString");
        return text.isTextual() ? Optional.of(text.asText()) : Optional.empty();
    }
}
