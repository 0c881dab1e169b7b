package io.crois.testkit.aws;

import io.crois.testkit.aws.internal.ServiceRefusal;
import io.crois.testkit.aws.internal.access.Sessions;
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
 * <p>The account's own caller is its user {@code in-memory}, who may take every role; whoever else calls is decided by
 * the trust policy. {@code InMemoryAws.as} takes the credentials of a session. Not in memory: every other operation.
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
    private final Sessions sessions;
    private final String caller;

    private InMemorySts(Clock clock, Random random, String account, IamStore iam, Sessions sessions, String caller) {
        this.clock = clock;
        this.random = random;
        this.account = account;
        this.iam = iam;
        this.sessions = sessions;
        this.caller = caller;
    }

    /**
     * Returns a client.
     *
     * @param clock says when sessions expire
     * @param random decides credentials
     * @param iam knows the roles
     * @param sessions remembers whose credentials are whose
     * @param caller the ARN of who calls
     */
    static StsClient create(
            Clock clock, Random random, String account, IamStore iam, Sessions sessions, String caller) {
        return NotInMemory.named(StsClient.class, new InMemorySts(clock, random, account, iam, sessions, caller));
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
                .arn(caller)
                .userId("AIDAINMEMORY")
                .build();
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
                    "User: " + caller + " is not authorized to perform: sts:AssumeRole on resource: " + role);
        }
        String name = role.substring(role.lastIndexOf('/') + 1);
        Credentials credentials = credentials(seconds);
        sessions.begin(credentials.accessKeyId(), role, session, request.policy());
        return AssumeRoleResponse.builder()
                .credentials(credentials)
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
