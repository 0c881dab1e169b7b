package io.crois.project;

import io.crois.contract.ProjectNames;
import io.crois.execution.Pacing;
import io.crois.execution.ProjectSettings;
import io.crois.workflow.CroisException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.DescribeSecretResponse;
import software.amazon.awssdk.services.secretsmanager.model.FilterNameStringType;
import software.amazon.awssdk.services.secretsmanager.model.InvalidRequestException;
import software.amazon.awssdk.services.secretsmanager.model.ListSecretsResponse;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;

/**
 * The secrets of a project, written under the project's key and never read here: only the project's containers can read
 * them, and whoever writes them needs no right to.
 *
 * <p>Names are those that steps use: 1 to 400 letters, digits or {@code /_+=.@-}; not ending in a hyphen and six
 * characters, since ARNs of AWS Secrets Manager end so. A value has 1 to 65,536 bytes. Thread-safe.
 *
 * <pre>{@code
 * Secrets secrets = Secrets.create(SecretsManagerClient.create(), provisioned.settings());
 * secrets.put("warehouse/password", console.readPassword("Password: "));
 * }</pre>
 */
public final class Secrets {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_+=.@-]+(/[A-Za-z0-9_+=.@-]+)*");
    private static final Pattern LIKE_AN_ARN = Pattern.compile(".*-.{6}");
    private static final int LONGEST_NAME = 400;
    private static final int LONGEST_VALUE = 65_536;
    private static final long SHORTEST_WAIT = 7;
    private static final long LONGEST_WAIT = 30;

    private final SecretsManagerClient client;
    private final Calls calls;
    private final String project;
    private final String prefix;
    private final String key;

    private Secrets(SecretsManagerClient client, Calls calls, ProjectSettings settings, String key) {
        this.client = client;
        this.calls = calls;
        this.project = settings.name();
        this.prefix = new ProjectNames(project).secrets();
        this.key = key;
    }

    /**
     * Returns the secrets of a project, in real time.
     *
     * @throws CroisException if the project has no key
     */
    public static Secrets create(SecretsManagerClient client, ProjectSettings project) {
        return create(client, project, Clock.systemUTC(), Pacing.realTime());
    }

    /**
     * Returns the secrets of a project.
     *
     * @param clock paces the calls
     * @param pacing how it waits when the service is busy
     * @throws CroisException if the project has no key
     */
    public static Secrets create(SecretsManagerClient client, ProjectSettings project, Clock clock, Pacing pacing) {
        String key = project.kmsKey();
        if (key == null) {
            throw new CroisException("Project `" + project.name()
                    + "` has no key for its secrets. Take the settings that" + " Provisioner.apply returns.");
        }
        return new Secrets(client, new Calls(clock, pacing, new ApiRates()), project, key);
    }

    /** What is known of a secret; never its value. */
    public record Entry(
            String name,
            @Nullable Instant createdAt,
            @Nullable Instant changedAt) {}

    /**
     * Sets a secret to a text, whether it is there or not; the value before stays readable as {@code AWSPREVIOUS} until
     * the next one.
     *
     * @param value overwritten with zeros, also when the call fails
     * @throws CroisException if the name or the value is not allowed, or the secret lies under another key
     */
    public void put(String name, char[] value) {
        ByteBuffer encoded = StandardCharsets.UTF_8.encode(CharBuffer.wrap(value));
        byte[] bytes = new byte[encoded.remaining()];
        encoded.get(bytes);
        Arrays.fill(encoded.array(), (byte) 0);
        Arrays.fill(value, '\0');
        put(name, bytes);
    }

    /**
     * Sets a secret to bytes: as a text when they are UTF-8, which steps get as a variable or a file, otherwise as
     * binary, which steps cannot get.
     *
     * @param value overwritten with zeros, also when the call fails
     * @throws CroisException if the name or the value is not allowed, or the secret lies under another key
     */
    public void put(String name, byte[] value) {
        try {
            check(name, value.length);
            write(prefix + name, value, UUID.randomUUID().toString());
        } finally {
            Arrays.fill(value, (byte) 0);
        }
    }

    /**
     * Sets a secret to what a stream gives until its end, which is not closed.
     *
     * @throws IOException if the stream cannot be read
     * @throws CroisException if the name or the value is not allowed, or the secret lies under another key
     */
    public void put(String name, InputStream value) throws IOException {
        put(name, value.readNBytes(LONGEST_VALUE + 1));
    }

    /**
     * Sets a secret that is there to a new value.
     *
     * @param value overwritten with zeros, also when the call fails
     * @throws CroisException if there is no such secret, besides what {@link #put(String, char[])} throws
     */
    public void rotate(String name, char[] value) {
        try {
            calls.read(
                    "secretsmanager:DescribeSecret",
                    () -> client.describeSecret(request -> request.secretId(prefix + name)));
        } catch (ResourceNotFoundException e) {
            Arrays.fill(value, '\0');
            throw new CroisException("Project `" + project + "` has no secret `" + name + "`. Use put to make it.", e);
        }
        put(name, value);
    }

    /** Returns all secrets in the order of their names, those under deletion left out. */
    public List<Entry> list() {
        List<Entry> entries = new ArrayList<>();
        String token = null;
        do {
            String from = token;
            ListSecretsResponse page = calls.read(
                    "secretsmanager:ListSecrets",
                    () -> client.listSecrets(request -> request.nextToken(from)
                            .filters(filter ->
                                    filter.key(FilterNameStringType.NAME).values(prefix))));
            page.secretList().stream()
                    .filter(secret -> secret.name().startsWith(prefix))
                    .map(secret -> new Entry(
                            secret.name().substring(prefix.length()), secret.createdDate(), secret.lastChangedDate()))
                    .forEach(entries::add);
            token = page.nextToken();
        } while (token != null);
        entries.sort(Comparator.comparing(Entry::name));
        return List.copyOf(entries);
    }

    /**
     * Deletes a secret after a time in which {@link #put(String, char[])} brings it back. One that is not there is no
     * error.
     *
     * @param waitingDays 7 to 30
     */
    public void delete(String name, int waitingDays) {
        if (waitingDays < SHORTEST_WAIT || waitingDays > LONGEST_WAIT) {
            throw new IllegalArgumentException("waitingDays must be between " + SHORTEST_WAIT + " and " + LONGEST_WAIT
                    + ", but was " + waitingDays + ".");
        }
        try {
            calls.remove(
                    "secretsmanager:DeleteSecret",
                    () -> client.deleteSecret(
                            request -> request.secretId(prefix + name).recoveryWindowInDays((long) waitingDays)));
        } catch (InvalidRequestException markedByAnEarlierTry) {
            // It goes as it is.
        }
    }

    private void check(String name, int length) {
        List<String> problems = new ArrayList<>();
        if (name.length() > LONGEST_NAME || !NAME.matcher(name).matches()) {
            problems.add("name: must have 1 to " + LONGEST_NAME + " letters, digits or `/_+=.@-`, and neither begin nor"
                    + " end with `/`, but was `" + name + "`.");
        } else if (LIKE_AN_ARN.matcher(name).matches()) {
            problems.add("name: must not end in a hyphen and six characters, as ARNs of secrets do, but was `" + name
                    + "`.");
        }
        if (length == 0 || length > LONGEST_VALUE) {
            problems.add("value: must have 1 to " + LONGEST_VALUE + " bytes"
                    + (length == 0 ? ", but is empty." : ", but is longer."));
        }
        Problems.refuse("Secret `" + name + "` of project `" + project + "`", problems);
    }

    /** The token makes all tries of one call the same change. */
    private void write(String id, byte[] value, String token) {
        String text = text(value);
        SdkBytes binary = text == null ? SdkBytes.fromByteArray(value) : null;
        boolean there;
        try {
            there = calls.create(
                    "secretsmanager:CreateSecret",
                    () -> client.createSecret(request -> request.name(id)
                            .clientRequestToken(token)
                            .kmsKeyId(key)
                            .secretString(text)
                            .secretBinary(binary)
                            .tags(tag -> tag.key(AccountPolicies.PROJECT_TAG).value(project))));
        } catch (InvalidRequestException underDeletion) {
            calls.write("secretsmanager:RestoreSecret", () -> client.restoreSecret(request -> request.secretId(id)));
            there = true;
        }
        if (there) {
            refuseOtherKey(id);
            calls.write(
                    "secretsmanager:PutSecretValue",
                    () -> client.putSecretValue(request -> request.secretId(id)
                            .clientRequestToken(token)
                            .secretString(text)
                            .secretBinary(binary)));
        }
    }

    /** Moving a secret to another key needs the right to read it, which nobody here has. */
    private void refuseOtherKey(String id) {
        DescribeSecretResponse secret = calls.read(
                "secretsmanager:DescribeSecret", () -> client.describeSecret(request -> request.secretId(id)));
        String other = secret.kmsKeyId();
        if (other == null || !(key.equals(other) || key.endsWith("/" + other))) {
            throw new CroisException("Secret `" + id + "` lies under another key than that of project `" + project
                    + "`. Delete it without a waiting time (aws secretsmanager delete-secret"
                    + " --force-delete-without-recovery), and put it again.");
        }
    }

    private static @Nullable String text(byte[] value) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(value))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }
}
