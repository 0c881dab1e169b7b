package io.crois.runtime.agent.aws;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Where credentials come from. */
@FunctionalInterface
interface CredentialSource {

    /** Fetches credentials anew. */
    Timed fetch();

    /**
     * Credentials and how long they are good for.
     *
     * @param until {@code null} for ever
     */
    record Timed(Identity identity, @Nullable Instant until) implements CredentialSource {
        /** They are their own source where they are good for ever. */
        @Override
        public Timed fetch() {
            return this;
        }

        @Override
        public String toString() {
            return "Timed[until=" + until + "]";
        }
    }
}
