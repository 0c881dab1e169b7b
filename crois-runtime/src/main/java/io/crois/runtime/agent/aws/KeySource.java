package io.crois.runtime.agent.aws;

import java.util.Map;

/** Opens what was encrypted under the project's key. Thread-safe. */
@FunctionalInterface
public interface KeySource {

    /**
     * Returns the plaintext.
     *
     * @param ciphertext in Base64
     * @param context the encryption context that it was sealed with
     * @throws ServiceFailure if it cannot be opened
     */
    byte[] open(String ciphertext, Map<String, String> context);
}
