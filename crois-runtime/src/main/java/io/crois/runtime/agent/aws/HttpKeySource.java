package io.crois.runtime.agent.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crois.wire.JsonText;
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
        ObjectNode request = JsonText.object().put("CiphertextBlob", ciphertext);
        ObjectNode required = request.putObject("EncryptionContext");
        context.forEach(required::put);
        JsonNode answer = service.call("Decrypt", request);
        JsonNode plaintext = answer.path("Plaintext");
        if (!plaintext.isTextual()) {
            throw ServiceFailure.wrong("Decrypt", "it holds no plaintext.");
        }
        return Base64.getDecoder().decode(plaintext.textValue());
    }
}
