package io.crois.testkit.aws.internal.kms;

import io.crois.testkit.aws.internal.iam.RolePrincipals;
import io.crois.testkit.aws.internal.iam.RolePrincipals.Kept;
import io.crois.testkit.aws.internal.iam.RolePrincipals.UnknownPrincipal;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.model.KeyMetadata;
import software.amazon.awssdk.services.kms.model.KeyState;

/** All keys of an account and their aliases, in memory and nowhere else. Thread-safe. */
public final class KeyStore {

    private static final Pattern ALIAS = Pattern.compile("alias/(?!aws/)[a-zA-Z0-9/_-]{1,250}");
    private static final int MAX_PLAINTEXT = 4_096;
    private static final int KEY_BYTES = 32;

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, KmsKey> keys = new TreeMap<>();
    private final Map<String, String> keyOfAlias = new TreeMap<>();
    private final SecureRandom secure = new SecureRandom();
    private final RolePrincipals principals;
    private final Clock clock;
    private final Random random;
    private final String arnPrefix;
    private final String account;

    /**
     * Creates an empty store.
     *
     * @param random decides the ids of keys; the keys themselves come from a secure source
     */
    public KeyStore(Clock clock, Random random, String region, String account) {
        this(clock, random, region, account, RolePrincipals.unknown());
    }

    /**
     * Creates an empty store.
     *
     * @param random decides the ids of keys; the keys themselves come from a secure source
     * @param principals whom policies and grants may name
     */
    public KeyStore(Clock clock, Random random, String region, String account, RolePrincipals principals) {
        this.principals = principals;
        this.clock = clock;
        this.random = random;
        this.account = account;
        this.arnPrefix = "arn:aws:kms:" + region + ":" + account + ":";
    }

    /** What was encrypted or decrypted, and with which key. */
    public record Sealed(String keyArn, SdkBytes bytes) {}

    /** Creates a key. */
    public KeyMetadata create(@Nullable String description, @Nullable String policy, Map<String, String> tags) {
        return locked(() -> {
            UUID id = new UUID(random.nextLong(), random.nextLong());
            KeyMetadata metadata = KeyMetadata.builder()
                    .awsAccountId(account)
                    .keyId(id.toString())
                    .arn(arnPrefix + "key/" + id)
                    .creationDate(clock.instant())
                    .enabled(true)
                    .keyState(KeyState.ENABLED)
                    .description(description == null ? "" : description)
                    .keyUsage("ENCRYPT_DECRYPT")
                    .keySpec("SYMMETRIC_DEFAULT")
                    .encryptionAlgorithmsWithStrings("SYMMETRIC_DEFAULT")
                    .keyManager("CUSTOMER")
                    .origin("AWS_KMS")
                    .multiRegion(false)
                    .build();
            KmsKey key = new KmsKey(
                    id,
                    new SecretKeySpec(randomBytes(KEY_BYTES), "AES"),
                    metadata,
                    kept(policy == null ? defaultPolicy() : policy));
            key.tag(tags, List.of());
            keys.put(id.toString(), key);
            return metadata;
        });
    }

    private Kept kept(String policy) {
        try {
            return principals.keep(policy);
        } catch (UnknownPrincipal e) {
            throw KmsRefusal.principal();
        }
    }

    private String defaultPolicy() {
        return "{\"Version\":\"2012-10-17\",\"Id\":\"key-default-1\",\"Statement\":[{\"Sid\":\"Enable IAM User"
                + " Permissions\",\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"arn:aws:iam::" + account
                + ":root\"},\"Action\":\"kms:*\",\"Resource\":\"*\"}]}";
    }

    /** Looks at a key, named by its id, its ARN, an alias or an alias's ARN. */
    public <T> T look(@Nullable String id, Function<KmsKey, T> look) {
        return locked(() -> look.apply(find(id)));
    }

    private KmsKey find(@Nullable String id) {
        if (id == null || id.isEmpty()) {
            throw KmsRefusal.validation("1 validation error detected: Value at 'keyId' failed to satisfy constraint:"
                    + " Member must have length greater than or equal to 1");
        }
        String name = id.startsWith(arnPrefix) ? id.substring(arnPrefix.length()) : id;
        String keyId = name.startsWith("key/") ? name.substring("key/".length()) : name;
        if (name.startsWith("alias/")) {
            keyId = keyOfAlias.get(name);
            if (keyId == null) {
                throw KmsRefusal.noAlias(arnPrefix + name);
            }
        }
        KmsKey key = keys.get(keyId);
        if (key == null) {
            throw KmsRefusal.noKey(id.startsWith("arn:") ? id : arnPrefix + "key/" + id);
        }
        return key;
    }

    /** Returns all keys, in the order of their ids. */
    public List<KeyMetadata> list() {
        return locked(() -> keys.values().stream().map(KmsKey::metadata).toList());
    }

    /** Encrypts up to 4,096 bytes. */
    public Sealed encrypt(@Nullable String id, @Nullable SdkBytes plaintext, Map<String, String> context) {
        int length = plaintext == null ? 0 : plaintext.asByteArrayUnsafe().length;
        if (plaintext == null || length == 0 || length > MAX_PLAINTEXT) {
            throw KmsRefusal.validation(
                    "1 validation error detected: Value at 'plaintext' failed to satisfy constraint:"
                            + " Member must have length between 1 and " + MAX_PLAINTEXT);
        }
        return look(
                id,
                key -> new Sealed(
                        key.arn(),
                        SdkBytes.fromByteArray(
                                Envelope.seal(key.id(), key.use(), plaintext.asByteArray(), context, secure))));
    }

    /**
     * Decrypts.
     *
     * @param id the key that it must have been encrypted with; {@code null} is any
     */
    public Sealed decrypt(@Nullable String id, @Nullable SdkBytes ciphertext, Map<String, String> context) {
        byte[] bytes = ciphertext == null ? new byte[0] : ciphertext.asByteArray();
        return locked(() -> {
            KmsKey key = keys.get(Envelope.keyId(bytes).toString());
            if (key == null) {
                throw KmsRefusal.ciphertext();
            }
            if (id != null && find(id) != key) {
                throw KmsRefusal.incorrectKey();
            }
            return new Sealed(key.arn(), SdkBytes.fromByteArray(Envelope.open(key.use(), bytes, context)));
        });
    }

    /** Returns the id of the key that a ciphertext was made with; empty if it is none of this store's. */
    public Optional<String> keyOf(SdkBytes ciphertext) {
        try {
            String id = Envelope.keyId(ciphertext.asByteArray()).toString();
            return locked(() -> keys.containsKey(id) ? Optional.of(id) : Optional.empty());
        } catch (AwsServiceException noCiphertext) {
            return Optional.empty();
        }
    }

    /** Returns bytes from a secure source. */
    public byte[] randomBytes(int length) {
        byte[] bytes = new byte[length];
        secure.nextBytes(bytes);
        return bytes;
    }

    /** Gives a key another name. */
    public void addAlias(@Nullable String alias, @Nullable String id) {
        locked(() -> {
            if (keyOfAlias.containsKey(checked(alias))) {
                throw KmsRefusal.aliasExists(arnPrefix + alias);
            }
            return keyOfAlias.put(checked(alias), find(id).id().toString());
        });
    }

    /** Lets an alias name another key. */
    public void moveAlias(@Nullable String alias, @Nullable String id) {
        locked(() -> {
            requireAlias(alias);
            return keyOfAlias.put(checked(alias), find(id).id().toString());
        });
    }

    /** Removes an alias; its key stays. */
    public void removeAlias(@Nullable String alias) {
        locked(() -> {
            requireAlias(alias);
            return keyOfAlias.remove(checked(alias));
        });
    }

    private void requireAlias(@Nullable String alias) {
        if (!keyOfAlias.containsKey(checked(alias))) {
            throw KmsRefusal.noAlias(arnPrefix + alias);
        }
    }

    private static String checked(@Nullable String alias) {
        if (alias == null || !ALIAS.matcher(alias).matches()) {
            throw KmsRefusal.aliasName(alias);
        }
        return alias;
    }

    /** Returns the ids of keys by alias, in the order of the aliases. */
    public Map<String, String> aliases() {
        return locked(() -> new TreeMap<>(keyOfAlias));
    }

    /** Returns the ARN of an alias. */
    public String aliasArn(String alias) {
        return arnPrefix + alias;
    }

    /** Lets a key be used, or no longer. */
    public void enable(@Nullable String id, boolean enabled) {
        locked(() -> {
            find(id).enable(enabled);
            return id;
        });
    }

    /** Deletes a key after a time in which that can be taken back. */
    public KeyMetadata delete(@Nullable String id, Duration window) {
        return look(id, key -> {
            key.delete(clock.instant(), window);
            return key.metadata();
        });
    }

    /** Takes a deletion back. */
    public KeyMetadata keep(@Nullable String id) {
        return look(id, key -> {
            key.keep();
            return key.metadata();
        });
    }

    /** Returns a key's policy as the service shows it. */
    public String policy(@Nullable String id) {
        return look(id, key -> principals.show(key.policy()));
    }

    /** Sets a key's policy. */
    public void policy(@Nullable String id, String policy) {
        locked(() -> {
            find(id).policy(kept(policy));
            return policy;
        });
    }

    /** Sets how often the material of a key is renewed, in days; 0 is never. */
    public void rotate(@Nullable String id, int days) {
        locked(() -> {
            find(id).rotate(days);
            return id;
        });
    }

    /** Makes a grant, or returns the one that was made before under the same name. */
    public KeyGrant grant(@Nullable String id, KeyGrant asked) {
        return locked(() -> {
            KmsKey key = find(id);
            key.use();
            KeyGrant kept = asked.between(keptPrincipal(asked.grantee()), keptPrincipal(asked.retiring()));
            return key.grants().values().stream()
                    .filter(kept::isAgain)
                    .findFirst()
                    .orElseGet(() -> {
                        KeyGrant made = kept.of(randomHex(), clock.instant());
                        key.grants().put(made.id(), made);
                        return made;
                    });
        });
    }

    @Nullable
    private String keptPrincipal(@Nullable String principal) {
        try {
            return principal == null ? null : principals.keepOne(principal);
        } catch (UnknownPrincipal e) {
            throw KmsRefusal.arn(principal);
        }
    }

    private String randomHex() {
        return HexFormat.of().formatHex(randomBytes(KEY_BYTES));
    }

    /** Returns the grants of a key, the roles in them as the service shows them. */
    public List<KeyGrant> grants(@Nullable String id) {
        return look(
                id,
                key -> key.grants().values().stream()
                        .map(grant -> grant.between(
                                principals.showOne(grant.grantee()),
                                grant.retiring() == null ? null : principals.showOne(grant.retiring())))
                        .toList());
    }

    /** Ends a grant. */
    public void endGrant(@Nullable String id, @Nullable String grant) {
        locked(() -> {
            KeyGrant ended = find(id).grants().remove(String.valueOf(grant));
            if (ended == null) {
                throw KmsRefusal.noGrant(grant);
            }
            return ended;
        });
    }

    /** Renews the material of a key now, which takes a moment. */
    public void rotateNow(@Nullable String id) {
        locked(() -> {
            find(id).rotateNow(clock.instant());
            return id;
        });
    }

    /** Returns when the renewal on demand began that is still going on. */
    public Optional<Instant> rotating(@Nullable String id) {
        return look(id, key -> key.rotating(clock.instant()));
    }

    /** Sets and removes tags. */
    public void tag(@Nullable String id, Map<String, String> more, Collection<String> less) {
        locked(() -> {
            find(id).tag(more, less);
            return more;
        });
    }

    private <T> T locked(Supplier<T> work) {
        lock.lock();
        try {
            keys.values().removeIf(key -> key.isGone(clock.instant()));
            keyOfAlias.values().removeIf(key -> !keys.containsKey(key));
            return work.get();
        } finally {
            lock.unlock();
        }
    }
}
