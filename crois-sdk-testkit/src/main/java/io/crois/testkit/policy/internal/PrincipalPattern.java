package io.crois.testkit.policy.internal;

import io.crois.testkit.policy.Principal;
import io.crois.testkit.policy.Principal.RoleSession;

/**
 * One entry of a {@code Principal} element.
 *
 * @param type {@code AWS}, {@code Service}, {@code Federated}, {@code CanonicalUser}, or {@code *} for everybody
 * @param value what stands there
 */
public record PrincipalPattern(String type, String value) {

    /** How closely a resource-based policy names who asks. */
    public enum Closeness {
        /** Not at all. */
        NONE,
        /** By the account, which may pass the permission on. */
        ACCOUNT,
        /** By the role of a session; boundary and session policy still limit it. */
        ROLE,
        /** As exactly this one, or as one of everybody. */
        EXACT
    }

    Closeness closeness(Principal principal) {
        if (value.equals("*") && (type.equals("*") || type.equals("AWS"))) {
            return Closeness.EXACT;
        }
        return switch (type) {
            case "AWS" -> ofAws(principal);
            case "Service" -> exact(principal instanceof Principal.Service && value.equals(principal.arn()));
            default -> Closeness.NONE;
        };
    }

    private Closeness ofAws(Principal principal) {
        if (principal.account().filter(this::isAccount).isPresent()) {
            return principal instanceof Principal.AccountRoot ? Closeness.EXACT : Closeness.ACCOUNT;
        }
        if (principal instanceof RoleSession session && value.equals(session.roleArn())) {
            return Closeness.ROLE;
        }
        return exact(value.equals(principal.arn()) && principal.account().isPresent());
    }

    private boolean isAccount(String account) {
        return value.equals(account) || value.matches("arn:[a-z-]+:iam::" + account + ":root");
    }

    private static Closeness exact(boolean matches) {
        return matches ? Closeness.EXACT : Closeness.NONE;
    }
}
