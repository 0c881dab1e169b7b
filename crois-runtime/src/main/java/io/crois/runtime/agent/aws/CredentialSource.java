package io.crois.runtime.agent.aws;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

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
    record Timed(AwsCredentialsIdentity identity, @Nullable Instant until) {
        @Override
        public String toString() {
            return "Timed[until=" + until + "]";
        }
    }
}
