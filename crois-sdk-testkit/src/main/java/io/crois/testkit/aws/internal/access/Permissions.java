package io.crois.testkit.aws.internal.access;

import io.crois.testkit.aws.internal.events.EventTargets.Delivery;
import io.crois.testkit.policy.AccessRequest;
import io.crois.testkit.policy.Decision;
import io.crois.testkit.policy.PolicyEvaluator;
import io.crois.testkit.policy.Principal;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;

/**
 * Decides calls by the policies that IAM, KMS and S3 have at the moment. Thread-safe; the identity that {@link #acting}
 * sets is that of the thread.
 */
public final class Permissions {

    private final Site site;
    private final Clock clock;
    private final Identities identities;
    private final RoleAccess roles;
    private final FunctionAccess functions;
    private final DeliveryAccess deliveries;
    private final Map<String, AccessRules> rules;
    private final List<Decision> denials = new CopyOnWriteArrayList<>();
    private final ThreadLocal<@Nullable Identity> current = new ThreadLocal<>();

    /**
     * Creates the permissions of an account.
     *
     * @param services the clients that are asked for policies and tags, which are not decided themselves
     * @param isVisible says whether services see a role, named by its ARN, by now
     * @param uploadHeaders returns the headers with which an upload in parts was begun
     */
    public Permissions(
            Site site,
            Clock clock,
            Services services,
            KeyLookup keyOfCiphertext,
            Predicate<String> isVisible,
            Function<String, Map<String, String>> uploadHeaders) {
        this.site = site;
        this.clock = clock;
        Policies policies = new Policies();
        identities = new Identities(services.iam(), policies);
        roles = new RoleAccess(services.iam(), policies, isVisible);
        functions = new FunctionAccess(services.lambda(), site, roles, policies);
        KmsAccess keys = new KmsAccess(services.kms(), site, policies, keyOfCiphertext::keyId);
        rules = new HashMap<>(new WorkAccess(site, roles, services.ecs()).rules());
        rules.put("lambda", functions);
        rules.put("kms", keys);
        rules.put("s3", new S3Access(services.s3(), keys, policies, uploadHeaders));
        rules.put("secretsmanager", new SecretsAccess(services.secretsManager(), keys, site, policies));
        rules.put("dynamodb", new DynamoDbAccess(services.dynamoDb(), site));
        rules.put("iam", new IamAccess(services.iam(), site));
        MessageAccess messages = new MessageAccess(services.sqs(), services.sns(), site, policies);
        rules.putAll(messages.rules());
        deliveries = new DeliveryAccess(site, roles, messages, functions);
        rules.put("logs", new LogsAccess(site));
        rules.put("ecr", new ImageAccess(site));
        rules.put("sts", this::sts);
    }

    /** Tells which key a ciphertext was made with. */
    @FunctionalInterface
    public interface KeyLookup {
        /** Returns the id of the key; empty for what is no ciphertext. */
        Optional<String> keyId(software.amazon.awssdk.core.SdkBytes ciphertext);
    }

    /** Who calls is no secret, and needs no permission. */
    private List<Access> sts(Call call) {
        return switch (call.operation()) {
            case "GetCallerIdentity" -> List.of();
            case "AssumeRole" -> List.of(roles.assume(call.text("RoleArn")));
            default -> List.of(Access.of("sts:" + call.operation(), "*"));
        };
    }

    /** Refuses a call as the service does if who calls may not make it. */
    public void require(String service, Identity identity, SdkPojo request) {
        Call call = Call.of(request);
        List<Access> needed = needed(service, call);
        for (Access access : needed) {
            require(service, identity, access);
        }
        needed.stream()
                .filter(access -> access.action().equals("iam:PassRole"))
                .forEach(access -> requireTrust(service, access, needed.get(0).resource()));
    }

    /** Refuses what a Task state needs besides the call that it makes. */
    void require(String service, Identity identity, Access access) {
        Decision decision = decide(identity, access);
        if (!decision.isAllowed()) {
            denials.add(decision);
            throw Denial.of(service, decision.message(), decision.explanation());
        }
    }

    /** A role is of use to a service only if its trust policy admits the service. */
    private void requireTrust(String service, Access passed, String source) {
        String to = passed.context()
                .getOrDefault("iam:PassedToService", List.of(""))
                .get(0);
        String from = to.startsWith("ecs-tasks.") ? site.arn("ecs", "task/default/0") : source;
        Decision decision = decide(
                Identity.of(Principal.service(to)),
                roles.assume(passed.resource()).with("aws:SourceArn", from).with("aws:SourceAccount", site.account()));
        if (!decision.isAllowed()) {
            denials.add(decision);
            throw Denial.of(
                    service,
                    "The service principal " + to + " is not authorized to assume the provided role "
                            + passed.resource() + ".",
                    decision.explanation());
        }
    }

    /** Says whether a rule or schedule may send something to its target; remembers a denial. */
    public boolean delivers(Delivery delivery) {
        Optional<Decision> denied = deliveries.of(delivery).stream()
                .map(needed -> decide(needed.identity(), needed.access()))
                .filter(decision -> !decision.isAllowed())
                .findFirst();
        denied.ifPresent(denials::add);
        return denied.isEmpty();
    }

    /** Decides one permission. */
    Decision decide(Identity identity, Access access) {
        return PolicyEvaluator.evaluate(request(identity, access));
    }

    private AccessRequest request(Identity identity, Access access) {
        String account = accountOf(access.resource());
        AccessRequest.Builder request = AccessRequest.builder(identity.principal(), access.action(), access.resource())
                .resourceAccount(account)
                .context("aws:SecureTransport", "true")
                .context("aws:CurrentTime", clock.instant().toString())
                .context("aws:EpochTime", String.valueOf(clock.instant().getEpochSecond()))
                .context("aws:RequestedRegion", site.region())
                .context("aws:ResourceAccount", account);
        access.resourcePolicy().ifPresent(request::resourcePolicy);
        access.grants().stream()
                .filter(grant -> isOf(grant, identity.principal()))
                .forEach(grant -> request.addGrant(grant.id()));
        identities.add(identity, request);
        request.context(access.context());
        return request.build();
    }

    private static boolean isOf(Access.Grant grant, Principal principal) {
        boolean role = principal instanceof Principal.RoleSession session
                && grant.principal().equals(session.roleArn());
        return role || grant.principal().equals(principal.arn());
    }

    /** Returns what a call needs, with every policy that has a say in it. */
    public List<AccessRequest> requests(String service, Identity identity, SdkPojo request) {
        return needed(service, Call.of(request)).stream()
                .map(access -> request(identity, access))
                .toList();
    }

    private List<Access> needed(String service, Call call) {
        AccessRules found = rules.get(service);
        return found == null ? List.of() : found.of(call);
    }

    private String accountOf(String resource) {
        String[] parts = resource.split(":", 6);
        return parts.length == 6 && !parts[4].isEmpty() ? parts[4] : site.account();
    }

    /** Lets the calls that work makes in this thread be those of an identity. */
    public <T> T acting(Identity identity, Supplier<T> work) {
        Identity before = current.get();
        current.set(identity);
        try {
            return work.get();
        } finally {
            if (before == null) {
                current.remove();
            } else {
                current.set(before);
            }
        }
    }

    /** Returns whose calls this thread makes; empty if nobody was named. */
    public Optional<Identity> current() {
        return Optional.ofNullable(current.get());
    }

    /** Returns every denial so far. */
    public List<Decision> denials() {
        return List.copyOf(denials);
    }

    RoleAccess roles() {
        return roles;
    }

    FunctionAccess functions() {
        return functions;
    }

    Site site() {
        return site;
    }
}
