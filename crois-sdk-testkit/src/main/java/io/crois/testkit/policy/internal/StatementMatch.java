package io.crois.testkit.policy.internal;

import io.crois.testkit.policy.Principal;
import io.crois.testkit.policy.Statement;
import io.crois.testkit.policy.internal.PrincipalPattern.Closeness;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What a statement says to a request.
 *
 * @param statement which
 * @param closeness how closely it names the principal; {@code EXACT} where a policy belongs to the principal itself
 * @param shortfall why it does not match; empty if it does
 * @param actionMatches whether at least its actions match
 */
public record StatementMatch(
        Statement statement, Closeness closeness, Optional<String> shortfall, boolean actionMatches) {

    /** Compares a statement with a request. */
    public static StatementMatch of(
            Statement statement,
            boolean variables,
            Principal principal,
            String action,
            String resource,
            RequestContext context) {
        boolean actionMatches = actionMatches(statement, action, context);
        Closeness closeness = closeness(statement, principal);
        return new StatementMatch(
                statement,
                closeness,
                shortfall(statement, variables, actionMatches, closeness, action, resource, context),
                actionMatches);
    }

    /** Says whether it matches. */
    public boolean matches() {
        return shortfall.isEmpty();
    }

    private static Optional<String> shortfall(
            Statement statement,
            boolean variables,
            boolean actionMatches,
            Closeness closeness,
            String action,
            String resource,
            RequestContext context) {
        if (!actionMatches) {
            return Optional.of("it is not about " + action);
        }
        if (closeness == Closeness.NONE) {
            return Optional.of("it does not name the principal");
        }
        if (!resourceMatches(statement, resource, context, variables)) {
            return Optional.of("its resources do not cover " + resource);
        }
        return statement.conditions().stream()
                .filter(condition -> !condition.holds(context, variables))
                .findFirst()
                .map(condition -> condition.shortfall(context));
    }

    private static boolean actionMatches(Statement statement, String action, RequestContext context) {
        if (!statement.actions().isEmpty()) {
            return statement.actions().stream().anyMatch(pattern -> isLike(pattern, action, context));
        }
        return !statement.notActions().isEmpty()
                && statement.notActions().stream().noneMatch(pattern -> isLike(pattern, action, context));
    }

    private static boolean isLike(String pattern, String action, RequestContext context) {
        return PolicyText.of(lower(pattern), context, false).orElseThrow().matches(lower(action));
    }

    private static String lower(String text) {
        return text.toLowerCase(java.util.Locale.ROOT);
    }

    /** A trust policy has no resource: it belongs to its role. */
    private static boolean resourceMatches(
            Statement statement, String resource, RequestContext context, boolean variables) {
        if (!statement.notResources().isEmpty()) {
            return statement.notResources().stream()
                    .noneMatch(pattern -> covers(pattern, resource, context, variables));
        }
        return (statement.hasPrincipal() && statement.resources().isEmpty())
                || statement.resources().stream().anyMatch(pattern -> covers(pattern, resource, context, variables));
    }

    private static boolean covers(String pattern, String resource, RequestContext context, boolean variables) {
        return pattern.equals("*")
                || PolicyText.of(pattern, context, variables)
                        .filter(text -> text.matchesArn(resource))
                        .isPresent();
    }

    private static Closeness closeness(Statement statement, Principal principal) {
        if (!statement.hasPrincipal()) {
            return Closeness.EXACT;
        }
        if (!statement.notPrincipals().isEmpty()) {
            return closest(statement.notPrincipals(), principal) == Closeness.NONE ? Closeness.EXACT : Closeness.NONE;
        }
        return closest(statement.principals(), principal);
    }

    private static Closeness closest(List<PrincipalPattern> patterns, Principal principal) {
        return patterns.stream()
                .map(pattern -> pattern.closeness(principal))
                .max(Comparator.naturalOrder())
                .orElse(Closeness.NONE);
    }
}
