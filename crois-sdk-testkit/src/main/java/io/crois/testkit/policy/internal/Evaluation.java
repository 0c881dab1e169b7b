package io.crois.testkit.policy.internal;

import io.crois.testkit.policy.AccessRequest;
import io.crois.testkit.policy.Decision;
import io.crois.testkit.policy.Decision.Verdict;
import io.crois.testkit.policy.Effect;
import io.crois.testkit.policy.PolicyDocument;
import io.crois.testkit.policy.PolicyKind;
import io.crois.testkit.policy.Principal;
import io.crois.testkit.policy.Statement;
import io.crois.testkit.policy.internal.PrincipalPattern.Closeness;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** One request on its way through all the policies. */
public final class Evaluation {

    /** In this order denials are reported. */
    private static final List<PolicyKind> DENIALS = List.of(
            PolicyKind.SERVICE_CONTROL,
            PolicyKind.RESOURCE,
            PolicyKind.IDENTITY,
            PolicyKind.BOUNDARY,
            PolicyKind.SESSION);

    private final AccessRequest request;
    private final Map<PolicyKind, List<StatementMatch>> matches = new EnumMap<>(PolicyKind.class);

    private Evaluation(AccessRequest request) {
        this.request = request;
        RequestContext context = new RequestContext(request.context());
        matches.put(PolicyKind.IDENTITY, match(request.identityPolicies(), context));
        matches.put(PolicyKind.RESOURCE, match(request.resourcePolicy().stream().toList(), context));
        matches.put(
                PolicyKind.BOUNDARY,
                match(request.permissionsBoundary().stream().toList(), context));
        matches.put(PolicyKind.SESSION, match(request.sessionPolicies(), context));
        matches.put(
                PolicyKind.SERVICE_CONTROL,
                match(
                        request.serviceControlPolicies().stream()
                                .flatMap(Collection::stream)
                                .toList(),
                        context));
    }

    /** Decides a request. */
    public static Decision of(AccessRequest request) {
        return new Evaluation(request).decide();
    }

    private List<StatementMatch> match(List<PolicyDocument> policies, RequestContext context) {
        return policies.stream()
                .flatMap(policy -> policy.statements().stream().map(statement -> match(policy, statement, context)))
                .toList();
    }

    private Decision decide() {
        for (PolicyKind kind : DENIALS) {
            List<String> denials = labels(matching(kind, Effect.DENY));
            if (!denials.isEmpty()) {
                return denied(Verdict.EXPLICITLY_DENIED, kind, denials);
            }
        }
        Optional<PolicyKind> lacking = lacking();
        return lacking.isPresent() ? denied(Verdict.IMPLICITLY_DENIED, lacking.get(), List.of()) : allowed();
    }

    private Stream<StatementMatch> matching(PolicyKind kind, Effect effect) {
        return matches.getOrDefault(kind, List.of()).stream()
                .filter(match -> match.statement().effect() == effect && match.matches());
    }

    /**
     * Compares a statement. A denial of all but those that it names denies everybody who has a permissions boundary,
     * named or not.
     */
    private StatementMatch match(PolicyDocument policy, Statement statement, RequestContext context) {
        boolean sparesNobody = request.permissionsBoundary().isPresent()
                && statement.effect() == Effect.DENY
                && !statement.notPrincipals().isEmpty();
        return StatementMatch.of(
                sparesNobody ? statement.forEverybody() : statement,
                policy.variables(),
                request.principal(),
                request.action(),
                request.resource(),
                context);
    }

    private static List<String> labels(Stream<StatementMatch> statements) {
        return statements.map(match -> match.statement().label()).toList();
    }

    /** Returns the kind of policy that would have to allow and does not; empty if all do that must. */
    private Optional<PolicyKind> lacking() {
        Closeness named = named();
        if (request.principal().account().isEmpty()) {
            return lacks(named == Closeness.EXACT, PolicyKind.RESOURCE);
        }
        if (!organizationAllows()) {
            return Optional.of(PolicyKind.SERVICE_CONTROL);
        }
        return isSameAccount() ? lackingWithin(named) : lackingAcross(named);
    }

    private Optional<PolicyKind> lackingWithin(Closeness named) {
        if (named == Closeness.EXACT) {
            return Optional.empty();
        }
        if (named == Closeness.ROLE) {
            return lackingLimits();
        }
        if (mustBeNamed() && named == Closeness.NONE) {
            return Optional.of(PolicyKind.RESOURCE);
        }
        return identityAllows() ? lackingLimits() : Optional.of(PolicyKind.IDENTITY);
    }

    private Optional<PolicyKind> lackingAcross(Closeness named) {
        if (!identityAllows()) {
            return Optional.of(PolicyKind.IDENTITY);
        }
        Optional<PolicyKind> limits = lackingLimits();
        return limits.isPresent() ? limits : lacks(named != Closeness.NONE, PolicyKind.RESOURCE);
    }

    private Optional<PolicyKind> lackingLimits() {
        if (request.permissionsBoundary().isPresent() && !allows(PolicyKind.BOUNDARY)) {
            return Optional.of(PolicyKind.BOUNDARY);
        }
        return lacks(request.sessionPolicies().isEmpty() || allows(PolicyKind.SESSION), PolicyKind.SESSION);
    }

    private static Optional<PolicyKind> lacks(boolean allowed, PolicyKind kind) {
        return allowed ? Optional.empty() : Optional.of(kind);
    }

    private boolean allows(PolicyKind kind) {
        return matching(kind, Effect.ALLOW).findAny().isPresent();
    }

    /** The root user of an account may do what the account may. */
    private boolean identityAllows() {
        return request.principal() instanceof Principal.AccountRoot || allows(PolicyKind.IDENTITY);
    }

    private boolean organizationAllows() {
        List<Statement> allowing = matching(PolicyKind.SERVICE_CONTROL, Effect.ALLOW)
                .map(StatementMatch::statement)
                .toList();
        return request.serviceControlPolicies().stream()
                .allMatch(level -> level.stream()
                        .flatMap(policy -> policy.statements().stream())
                        .anyMatch(allowing::contains));
    }

    private Closeness named() {
        Closeness policy = matching(PolicyKind.RESOURCE, Effect.ALLOW)
                .map(StatementMatch::closeness)
                .max(Comparator.naturalOrder())
                .orElse(Closeness.NONE);
        // a grant names its grantee, be it a role, of which this is a session
        return policy.compareTo(Closeness.ROLE) < 0 && !request.grants().isEmpty() ? Closeness.ROLE : policy;
    }

    private boolean isSameAccount() {
        return request.principal()
                .account()
                .filter(request.resourceAccount()::equals)
                .isPresent();
    }

    /** Keys and roles have policies that the account's own permissions do not replace. */
    private boolean mustBeNamed() {
        String action = request.action().toLowerCase(Locale.ROOT);
        boolean key = action.startsWith("kms:") && request.resource().contains(":key/");
        boolean trust = action.startsWith("sts:") && request.resource().contains(":role/");
        return key || trust;
    }

    private Decision allowed() {
        List<String> because = new ArrayList<>(labels(matching(PolicyKind.RESOURCE, Effect.ALLOW)));
        because.addAll(labels(matching(PolicyKind.IDENTITY, Effect.ALLOW)));
        because.addAll(request.grants());
        String message =
                "%s may perform %s on %s.".formatted(request.principal().arn(), request.action(), request.resource());
        return new Decision(
                Verdict.ALLOWED,
                Optional.empty(),
                because,
                message,
                message + "\n  allowed by " + String.join(", ", because));
    }

    private Decision denied(Verdict verdict, PolicyKind kind, List<String> denials) {
        String message = "User: %s is not authorized to perform: %s on resource: %s %s"
                .formatted(
                        request.principal().arn(),
                        request.action(),
                        request.resource(),
                        verdict == Verdict.EXPLICITLY_DENIED
                                ? "with an explicit deny in " + article(kind) + kind.phrase()
                                : "because no " + kind.phrase() + " allows the " + request.action() + " action");
        return new Decision(verdict, Optional.of(kind), denials, message, message + story(denials));
    }

    private static String article(PolicyKind kind) {
        return kind == PolicyKind.IDENTITY ? "an " : "a ";
    }

    private String story(List<String> denials) {
        StringBuilder story = new StringBuilder();
        denials.forEach(label -> story.append("\n  denied by `").append(label).append('`'));
        matches.forEach((kind, list) -> list.stream()
                .filter(match -> match.statement().effect() == Effect.ALLOW && match.actionMatches())
                .forEach(match -> story.append("\n  `")
                        .append(match.statement().label())
                        .append("` (")
                        .append(kind.phrase())
                        .append(") ")
                        .append(match.shortfall()
                                .map(why -> "does not allow it: " + why)
                                .orElse("allows it"))));
        return story.toString();
    }
}
