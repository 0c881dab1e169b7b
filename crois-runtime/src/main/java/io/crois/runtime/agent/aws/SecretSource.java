package io.crois.runtime.agent.aws;

import java.util.Optional;

/** Reads secrets. Thread-safe. */
@FunctionalInterface
public interface SecretSource {

    /**
     * Returns the current text of a secret; empty when it is binary.
     *
     * @throws ServiceFailure if it cannot be had
     */
    Optional<String> text(String id);
}
