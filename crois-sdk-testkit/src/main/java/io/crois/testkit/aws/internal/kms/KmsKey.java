package io.crois.testkit.aws.internal.kms;

import io.crois.testkit.aws.internal.iam.RolePrincipals.Kept;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import javax.crypto.SecretKey;
import software.amazon.awssdk.services.kms.model.KeyMetadata;
import software.amazon.awssdk.services.kms.model.KeyState;

/** A symmetric key; guarded by the store. */
public final class KmsKey {

    /** From the page "Resource quotas" of the AWS KMS Developer Guide. */
    private static final int MOST_ROTATIONS = 25;
    /** AWS says that there may be a delay, and not how long. */
    private static final Duration ROTATION = Duration.ofMinutes(1);

    private final Map<String, KeyGrant> grants = new LinkedHashMap<>();
    private final List<Instant> rotations = new ArrayList<>();
    private final UUID id;
    private final SecretKey secret;
    private final Map<String, String> tags = new TreeMap<>();
    private KeyMetadata metadata;
    private Kept policy;
    private int rotationDays;

    KmsKey(UUID id, SecretKey secret, KeyMetadata metadata, Kept policy) {
        this.id = id;
        this.secret = secret;
        this.metadata = metadata;
        this.policy = policy;
    }

    UUID id() {
        return id;
    }

    /** Returns the key itself, if it may be used. */
    SecretKey use() {
        if (metadata.keyState() == KeyState.PENDING_DELETION) {
            throw KmsRefusal.pendingDeletion(arn());
        }
        if (!metadata.enabled()) {
            throw KmsRefusal.disabled(arn());
        }
        return secret;
    }

    /** Returns its ARN. */
    public String arn() {
        return metadata.arn();
    }

    /** Returns what the service tells of it. */
    public KeyMetadata metadata() {
        return metadata;
    }

    Kept policy() {
        return policy;
    }

    void policy(Kept changed) {
        policy = changed;
    }

    /** Returns how often its material is renewed, in days; 0 is never. */
    public int rotationDays() {
        return rotationDays;
    }

    void rotate(int days) {
        if (metadata.keyState() == KeyState.PENDING_DELETION) {
            throw KmsRefusal.pendingDeletion(arn());
        }
        rotationDays = days;
    }

    /** Returns when its material was renewed on demand, oldest first. */
    public List<Instant> rotations() {
        return List.copyOf(rotations);
    }

    /** Returns when the renewal on demand began that is still going on. */
    public Optional<Instant> rotating(Instant now) {
        return rotations.stream()
                .filter(begun -> now.isBefore(begun.plus(ROTATION)))
                .reduce((first, second) -> second);
    }

    void rotateNow(Instant now) {
        use();
        if (rotating(now).isPresent()) {
            throw KmsRefusal.rotating(arn());
        }
        if (rotations.size() == MOST_ROTATIONS) {
            throw KmsRefusal.rotations(arn(), MOST_ROTATIONS);
        }
        rotations.add(now);
    }

    /** Its grants by their ids. */
    Map<String, KeyGrant> grants() {
        return grants;
    }

    /** Returns its tags. */
    public Map<String, String> tags() {
        return Map.copyOf(tags);
    }

    void tag(Map<String, String> more, Collection<String> less) {
        tags.putAll(more);
        tags.keySet().removeAll(less);
    }

    void enable(boolean enabled) {
        if (metadata.keyState() == KeyState.PENDING_DELETION) {
            throw KmsRefusal.pendingDeletion(arn());
        }
        KeyState state = enabled ? KeyState.ENABLED : KeyState.DISABLED;
        metadata = metadata.toBuilder().enabled(enabled).keyState(state).build();
    }

    void delete(Instant now, Duration window) {
        if (metadata.keyState() == KeyState.PENDING_DELETION) {
            throw KmsRefusal.pendingDeletion(arn());
        }
        metadata = metadata.toBuilder()
                .enabled(false)
                .keyState(KeyState.PENDING_DELETION)
                .deletionDate(now.plus(window))
                .build();
    }

    /** Takes a deletion back; the key is disabled then. */
    void keep() {
        if (metadata.keyState() != KeyState.PENDING_DELETION) {
            throw KmsRefusal.notPendingDeletion(arn());
        }
        metadata = metadata.toBuilder()
                .keyState(KeyState.DISABLED)
                .deletionDate(null)
                .build();
    }

    boolean isGone(Instant now) {
        Instant deletion = metadata.deletionDate();
        return deletion != null && !now.isBefore(deletion);
    }
}
