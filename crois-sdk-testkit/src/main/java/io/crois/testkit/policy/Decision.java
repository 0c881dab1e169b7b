package io.crois.testkit.policy;

import java.util.List;
import java.util.Optional;

/**
 * What an evaluation came to.
 *
 * @param verdict allowed or how denied
 * @param kind the policy that decided: of an explicit denial the one that denies, of an implicit one the one that would
 *     have to allow; empty where a request is allowed
 * @param statements the labels of the statements that decided; none where nothing allows
 * @param message what the service would say, {@code User: … is not authorized to perform: …}; of an allowed request,
 *     who may do what
 * @param explanation the message, and statement by statement why those that speak of the action did or did not match
 */
public record Decision(
        Verdict verdict, Optional<PolicyKind> kind, List<String> statements, String message, String explanation) {

    /** How a request is answered. */
    public enum Verdict {
        /** Something allows it and nothing denies it. */
        ALLOWED,
        /** A statement denies it. */
        EXPLICITLY_DENIED,
        /** Nothing allows it. */
        IMPLICITLY_DENIED
    }

    /** Copies the labels. */
    public Decision {
        statements = List.copyOf(statements);
    }

    /** Says whether the request goes ahead. */
    public boolean isAllowed() {
        return verdict == Verdict.ALLOWED;
    }
}
