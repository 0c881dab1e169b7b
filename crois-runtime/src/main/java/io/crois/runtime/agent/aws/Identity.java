package io.crois.runtime.agent.aws;

import org.jspecify.annotations.Nullable;

/**
 * Whom a request is signed for.
 *
 * @param id of the access key
 * @param secret the access key itself; never shown
 * @param token of the session, {@code null} for a key that is good for ever
 */
record Identity(String id, String secret, @Nullable String token) {

    static Identity of(String id, String secret, @Nullable String token) {
        return new Identity(id, secret, token == null || token.isEmpty() ? null : token);
    }

    @Override
    public String toString() {
        return "Identity[" + id + "]";
    }
}
