package io.crois.runtime.agent.aws;

import com.fasterxml.jackson.databind.JsonNode;
import io.crois.contract.Json;
import java.util.Base64;
import java.util.Map;

/** AWS KMS over HTTP. */
final class HttpKeySource implements KeySource {
    private final JsonService service;

    HttpKeySource(JsonService service) {
        this.service = service;
    }

    @Override
    public byte[] open(String ciphertext, Map<String, String> context) {
        JsonNode answer =
                service.call("Decrypt", Json.tree(Map.of("CiphertextBlob", ciphertext, "EncryptionContext", context)));
        JsonNode plaintext = answer.path("Plaintext");
        if (!plaintext.isTextual()) {
            throw ServiceFailure.wrong("Decrypt", "it holds no plaintext.");
        }
        return Base64.getDecoder().decode(plaintext.textValue());
    }
}
