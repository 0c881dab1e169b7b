package io.crois.testkit.aws.internal.secrets;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;

/** All secrets of an account, in memory and nowhere else. Thread-safe. */
public final class SecretStore {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9/_+=.@!-]{1,512}");
    private static final Pattern TOKEN = Pattern.compile("(?s).{32,64}");
    private static final String SUFFIX_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Secret> secrets = new TreeMap<>();
    private final Clock clock;
    private final Random random;
    private final String arnPrefix;

    /**
     * Creates an empty store.
     *
     * @param random decides the ends of ARNs and the ids of versions
     * @param arnPrefix begins every ARN, such as {@code arn:aws:secretsmanager:eu-central-1:111111111111:secret:}
     */
    public SecretStore(Clock clock, Random random, String arnPrefix) {
        this.clock = clock;
        this.random = random;
        this.arnPrefix = arnPrefix;
    }

    /** What is said of a secret besides its value. */
    public record Description(
            @Nullable String description, @Nullable String kmsKey, Map<String, String> tags) {}

    /** Creates a secret, with a first version if there is a value; answers with {@code answer}. */
    public <T> T create(
            @Nullable String name,
            @Nullable String token,
            SecretText value,
            Description description,
            Function<Secret, T> answer) {
        return locked(() -> {
            if (name == null || !NAME.matcher(name).matches()) {
                throw SecretRefusal.validation("Invalid name. Must be a valid name containing alphanumeric characters,"
                        + " or any of the following: -/_+=.@!");
            }
            Secret existing = secrets.get(name);
            if (existing != null) {
                refuseSecond(existing, token, value);
                return answer.apply(existing);
            }
            Secret.Version version = version(token, value);
            Secret secret = new Secret(name, arnPrefix + name + "-" + suffix(), clock.instant());
            secret.describe(description.description(), description.kmsKey(), clock.instant());
            secret.tag(description.tags());
            if (!value.isMissing()) {
                secret.add(version, List.of(Secret.CURRENT));
            }
            secrets.put(name, secret);
            return answer.apply(secret);
        });
    }

    private static void refuseSecond(Secret existing, @Nullable String token, SecretText value) {
        if (existing.isMarked()) {
            throw SecretRefusal.invalidRequest("You can't create this secret because a secret with this name is already"
                    + " scheduled for deletion.");
        }
        boolean repeated = existing.versions().stream()
                .anyMatch(
                        version -> version.id().equals(token) && version.value().equals(value));
        if (!repeated) {
            throw SecretRefusal.exists(
                    "The operation failed because the secret " + existing.name() + " already exists.");
        }
    }

    private Secret.Version version(@Nullable String token, SecretText value) {
        if (token != null && !TOKEN.matcher(token).matches()) {
            throw SecretRefusal.invalidParameter("ClientRequestToken must be 32-64 characters long.");
        }
        return new Secret.Version(token == null ? newId() : token, value, clock.instant());
    }

    private String newId() {
        return new UUID(random.nextLong(), random.nextLong()).toString();
    }

    /** Adds a version. */
    public <T> T put(
            @Nullable String id,
            @Nullable String token,
            SecretText value,
            Collection<String> stages,
            Function<Secret.Version, T> answer) {
        if (value.isMissing()) {
            throw SecretRefusal.invalidParameter("You must provide either SecretString or SecretBinary.");
        }
        return use(id, secret -> {
            Secret.Version version = version(token, value);
            secret.add(version, stages.isEmpty() ? List.of(Secret.CURRENT) : stages);
            return answer.apply(version);
        });
    }

    /** Changes what is said of a secret, and its value where one is given. */
    public <T> T update(
            @Nullable String id,
            @Nullable String token,
            SecretText value,
            Description description,
            Function<Secret, T> answer) {
        return use(id, secret -> {
            if (!value.isMissing()) {
                secret.add(version(token, value), List.of(Secret.CURRENT));
            }
            secret.describe(description.description(), description.kmsKey(), clock.instant());
            return answer.apply(secret);
        });
    }

    /** Sets and removes tags. */
    public void tag(@Nullable String id, Map<String, String> more, Collection<String> less) {
        use(id, secret -> {
            secret.tag(more);
            secret.untag(less);
            return secret;
        });
    }

    /** Uses a secret that is not marked for deletion. */
    public <T> T use(@Nullable String id, Function<Secret, T> use) {
        return look(id, secret -> {
            if (secret.isMarked()) {
                throw SecretRefusal.markedForDeletion();
            }
            return use.apply(secret);
        });
    }

    /** Looks at a secret, marked for deletion or not. */
    public <T> T look(@Nullable String id, Function<Secret, T> look) {
        return locked(() -> look.apply(find(id)));
    }

    /** Looks at all secrets, in the order of their names. */
    public <T> T all(Function<List<Secret>, T> look) {
        return locked(() -> look.apply(List.copyOf(secrets.values())));
    }

    /**
     * What a deletion answers.
     *
     * @param gone when the secret is gone
     */
    public record Removal(String arn, String name, Instant gone) {}

    /** Marks a secret for deletion; it can be restored for the time given. */
    public Removal delete(@Nullable String id, Duration window) {
        return use(id, secret -> {
            Instant gone = clock.instant().plus(window);
            secret.delete(clock.instant(), gone);
            return new Removal(secret.arn(), secret.name(), gone);
        });
    }

    /** Deletes a secret at once, marked for deletion or not; one that is not there is no error. */
    public Removal remove(@Nullable String id) {
        return locked(() -> {
            Instant now = clock.instant();
            try {
                Secret secret = find(id);
                secrets.remove(secret.name());
                return new Removal(secret.arn(), secret.name(), now);
            } catch (ResourceNotFoundException e) {
                String name = id == null ? "" : id;
                return new Removal(arnPrefix + name + "-" + suffix(), name, now);
            }
        });
    }

    /** Takes a deletion back. */
    public <T> T restore(@Nullable String id, Function<Secret, T> answer) {
        return look(id, secret -> {
            secret.restore();
            return answer.apply(secret);
        });
    }

    /** Finds a secret by its name, its ARN, or its ARN without the last seven characters. */
    private Secret find(@Nullable String id) {
        if (id == null || id.isEmpty()) {
            throw SecretRefusal.validation("1 validation error detected: Value at 'secretId' failed to satisfy"
                    + " constraint: Member must have length greater than or equal to 1");
        }
        for (Secret secret : secrets.values()) {
            if (id.equals(secret.name()) || id.equals(secret.arn()) || id.equals(arnPrefix + secret.name())) {
                return secret;
            }
        }
        throw SecretRefusal.notFound();
    }

    private <T> T locked(Supplier<T> work) {
        lock.lock();
        try {
            secrets.values().removeIf(secret -> secret.isGone(clock.instant()));
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    private String suffix() {
        StringBuilder suffix = new StringBuilder();
        for (int i = 0; i < 6; i++) {
            suffix.append(SUFFIX_ALPHABET.charAt(random.nextInt(SUFFIX_ALPHABET.length())));
        }
        return suffix.toString();
    }
}
