package io.crois.testkit.aws.internal.kms;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a key's grant allows, besides the key's policy.
 *
 * @param id its id
 * @param name makes it the same grant when it is asked for again; {@code null} makes a new one each time
 * @param grantee who may use it: an ARN, or the id of a role
 * @param retiring who may end it, likewise
 * @param operations such as {@code Decrypt}
 * @param equals the encryption context that a call must have; empty is any
 * @param subset what a call's encryption context must contain; empty is nothing
 * @param created when it was made
 */
public record KeyGrant(
        String id,
        @Nullable String name,
        String grantee,
        @Nullable String retiring,
        List<String> operations,
        Map<String, String> equals,
        Map<String, String> subset,
        Instant created) {

    /** Copies what it holds. */
    public KeyGrant {
        operations = operations.stream().distinct().sorted().toList();
        equals = Map.copyOf(equals);
        subset = Map.copyOf(subset);
    }

    KeyGrant between(@Nullable String newGrantee, @Nullable String newRetiring) {
        return new KeyGrant(id, name, String.valueOf(newGrantee), newRetiring, operations, equals, subset, created);
    }

    KeyGrant of(String newId, Instant now) {
        return new KeyGrant(newId, name, grantee, retiring, operations, equals, subset, now);
    }

    /** Says whether another one would be the same, asked for again. */
    boolean isAgain(KeyGrant other) {
        return name != null
                && name.equals(other.name)
                && grantee.equals(other.grantee)
                && String.valueOf(retiring).equals(String.valueOf(other.retiring))
                && operations.equals(other.operations)
                && equals.equals(other.equals)
                && subset.equals(other.subset);
    }
}
