package io.crois.runtime.agent.aws;

import org.jspecify.annotations.Nullable;

/** Tells what this container was made from. Thread-safe. */
@FunctionalInterface
public interface ImageSource {

    /** Returns the digest of the image, {@code sha256:} and hex; {@code null} where it cannot be known. */
    @Nullable
    String digest();
}
