package io.crois.execution;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.crois.contract.Json;
import io.crois.contract.SealedArgument;
import io.crois.workflow.CroisException;
import io.crois.workflow.Parameter;
import io.crois.workflow.Workflow;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.KmsClient;

/** Encrypts the arguments of sealed parameters, so that nobody but the project's containers reads them. */
final class Sealing {
    private final Account account;

    Sealing(Account account) {
        this.account = account;
    }

    /**
     * Returns the arguments with those of sealed parameters encrypted.
     *
     * @throws CroisException if the project has no key, a value is too long, or a value looks like a sealed one
     */
    Map<String, JsonNode> seal(Workflow workflow, Map<String, JsonNode> arguments) {
        Set<String> sealed = workflow.parameters().stream()
                .filter(Parameter::isSealed)
                .map(Parameter::name)
                .collect(Collectors.toSet());
        Map<String, JsonNode> result = new LinkedHashMap<>();
        arguments.forEach((name, value) -> {
            if (SealedArgument.of(value).isPresent()) {
                throw new CroisException("Argument `" + name + "` is an object whose only member is `"
                        + SealedArgument.MEMBER + "`, which Crois uses itself. Give the member another name.");
            }
            result.put(name, sealed.contains(name) ? seal(workflow.name(), name, value) : value);
        });
        return result;
    }

    private JsonNode seal(String workflow, String parameter, JsonNode value) {
        KmsClient kms = account.clients().kms();
        String key = account.project().kmsKey();
        if (kms == null || key == null) {
            throw new CroisException("Parameter `" + parameter + "` of workflow `" + workflow
                    + "` is sealed, but project `" + account.project().name() + "` has no key to seal it with. Take the"
                    + " settings that Provisioner.apply returns, and clients with KMS.");
        }
        byte[] text = Json.write(value).getBytes(StandardCharsets.UTF_8);
        try {
            if (text.length > SealedArgument.MAX_BYTES) {
                throw new CroisException("The argument of the sealed parameter `" + parameter + "` has " + text.length
                        + " bytes, but at most " + SealedArgument.MAX_BYTES
                        + " can be sealed. Put it into a secret of the project.");
            }
            SdkBytes ciphertext = kms.encrypt(request -> request.keyId(key)
                            .plaintext(SdkBytes.fromByteArray(text))
                            .encryptionContext(
                                    SealedArgument.context(account.project().name(), workflow, parameter)))
                    .ciphertextBlob();
            return new SealedArgument(Base64.getEncoder().encodeToString(ciphertext.asByteArray())).json();
        } finally {
            Arrays.fill(text, (byte) 0);
        }
    }

    /**
     * Returns arguments as they are compared: the same value is sealed to another text every time, and nobody can tell
     * here whether it is the same.
     */
    static Map<String, JsonNode> comparable(Map<String, JsonNode> arguments) {
        Map<String, JsonNode> result = new LinkedHashMap<>();
        arguments.forEach((name, value) -> result.put(
                name, SealedArgument.of(value).isPresent() ? TextNode.valueOf(SealedArgument.MEMBER) : value));
        return result;
    }
}
