package io.crois.testkit.aws;

import io.crois.testkit.aws.internal.ServiceRefusal;
import io.crois.testkit.aws.internal.iam.IamStore;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;
import software.amazon.awssdk.services.sts.model.AssumeRoleResponse;
import software.amazon.awssdk.services.sts.model.Credentials;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityRequest;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;
import software.amazon.awssdk.services.sts.model.StsException;

/**
 * AWS STS: who calls, and sessions of roles that exist. Thread-safe.
 *
 * <p>The caller is always the user {@code in-memory} of the account, who may take every role: trust policies are not
 * evaluated, and the credentials of a session open nothing. Not in memory: every other operation.
 */
final class InMemorySts implements StsClient {

    private static final Pattern SESSION = Pattern.compile("[A-Za-z0-9+=,.@_-]{2,64}");
    private static final int DEFAULT_SECONDS = 3_600;
    private static final int MIN_SECONDS = 900;
    private static final int MAX_SECONDS = 43_200;
    private static final String SERVICE = "Sts";

    private final Clock clock;
    private final Random random;
    private final String account;
    private final IamStore iam;

    private InMemorySts(Clock clock, Random random, String account, IamStore iam) {
        this.clock = clock;
        this.random = random;
        this.account = account;
        this.iam = iam;
    }

    /**
     * Returns a client.
     *
     * @param clock says when sessions expire
     * @param random decides credentials
     * @param iam knows the roles
     */
    static StsClient create(Clock clock, Random random, String account, IamStore iam) {
        return NotInMemory.named(StsClient.class, new InMemorySts(clock, random, account, iam));
    }

    @Override
    public String serviceName() {
        return "sts";
    }

    @Override
    public void close() {
        // There is nothing to close.
    }

    @Override
    public GetCallerIdentityResponse getCallerIdentity(GetCallerIdentityRequest request) {
        return GetCallerIdentityResponse.builder()
                .account(account)
                .arn(caller())
                .userId("AIDAINMEMORY")
                .build();
    }

    private String caller() {
        return "arn:aws:iam::" + account + ":user/in-memory";
    }

    @Override
    public AssumeRoleResponse assumeRole(AssumeRoleRequest request) {
        String role = request.roleArn() == null ? "" : request.roleArn();
        String session = checkedSession(request.roleSessionName());
        int seconds = request.durationSeconds() == null ? DEFAULT_SECONDS : request.durationSeconds();
        if (seconds < MIN_SECONDS || seconds > MAX_SECONDS) {
            throw refused(
                    400,
                    "ValidationError",
                    "1 validation error detected: Value '" + seconds
                            + "' at 'durationSeconds' failed to satisfy constraint: Member must have value between 900 and"
                            + " 43200");
        }
        if (!iam.hasRole(role)) {
            throw refused(
                    403,
                    "AccessDenied",
                    "User: " + caller() + " is not authorized to perform: sts:AssumeRole on resource: " + role);
        }
        String name = role.substring(role.lastIndexOf('/') + 1);
        return AssumeRoleResponse.builder()
                .credentials(credentials(seconds))
                .assumedRoleUser(user -> user.assumedRoleId("AROAINMEMORY:" + session)
                        .arn("arn:aws:sts::" + account + ":assumed-role/" + name + "/" + session))
                .build();
    }

    private Credentials credentials(int seconds) {
        return Credentials.builder()
                .accessKeyId("ASIA" + token().substring(0, 16))
                .secretAccessKey(token())
                .sessionToken(token() + token())
                .expiration(clock.instant().plus(Duration.ofSeconds(seconds)))
                .build();
    }

    private synchronized String token() {
        return new UUID(random.nextLong(), random.nextLong())
                .toString()
                .replace("-", "")
                .toUpperCase(Locale.ROOT);
    }

    private static String checkedSession(@Nullable String name) {
        if (name == null || !SESSION.matcher(name).matches()) {
            throw refused(
                    400,
                    "ValidationError",
                    "1 validation error detected: Value '" + name
                            + "' at 'roleSessionName' failed to satisfy constraint: Member must satisfy regular expression"
                            + " pattern: [\\w+=,.@-]*");
        }
        return name;
    }

    private static RuntimeException refused(int status, String code, String message) {
        return ServiceRefusal.of(StsException.builder(), SERVICE, status, code, message);
    }
}
