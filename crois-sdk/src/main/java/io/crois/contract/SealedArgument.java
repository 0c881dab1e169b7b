package io.crois.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Map;
import java.util.Optional;

/**
 * An argument that the platform passes on and cannot read: the JSON text of the value, encrypted under the project's
 * key. Among the arguments of an execution it is {@code {"crois:sealed": "<ciphertext in Base64>"}}.
 */
public record SealedArgument(String ciphertext) {
    /** The only member of its JSON. */
    public static final String MEMBER = "crois:sealed";

    /** The longest JSON text that can be sealed, in bytes; AWS KMS encrypts no more at once. */
    public static final int MAX_BYTES = 4_096;

    /** Returns what a value among the arguments holds, if it is sealed. */
    public static Optional<SealedArgument> of(JsonNode argument) {
        JsonNode member = argument.path(MEMBER);
        return argument.isObject() && argument.size() == 1 && member.isTextual()
                ? Optional.of(new SealedArgument(member.textValue()))
                : Optional.empty();
    }

    /** Returns what stands among the arguments. */
    public JsonNode json() {
        return JsonNodeFactory.instance.objectNode().put(MEMBER, ciphertext);
    }

    /**
     * Returns the encryption context, without which nobody opens it: so a ciphertext can be used for no other
     * parameter, workflow or project.
     */
    public static Map<String, String> context(String project, String workflow, String parameter) {
        return Map.of("crois:project", project, "crois:workflow", workflow, "crois:parameter", parameter);
    }

    @Override
    public String toString() {
        return "SealedArgument[" + ciphertext.length() + " characters]";
    }
}
