package io.crois.runtime.agent.transfer;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * Who stores objects, and each time it does so: what an earlier run of the same attempt left is replaced, what anybody
 * else stored is not.
 *
 * @param name letters and digits
 */
public record Owner(String name) {

    /** Returns the owner that a text names; equal texts name the same. */
    public static Owner of(String text) {
        UUID name = UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8));
        return new Owner(name.toString().replace("-", ""));
    }

    /** Returns a token that no other upload has. */
    String token() {
        return name + "." + UUID.randomUUID();
    }

    boolean made(String token) {
        return token.startsWith(name + ".");
    }
}
