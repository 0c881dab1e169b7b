package io.crois.testkit.aws.internal.access;

import io.crois.testkit.policy.PolicyDocument;
import io.crois.testkit.policy.Principal;
import java.util.List;

/**
 * Who calls.
 *
 * @param principal a session, a user, a service
 * @param sessionPolicies passed when the session began
 */
public record Identity(Principal principal, List<PolicyDocument> sessionPolicies) {

    /** Copies the policies. */
    public Identity {
        sessionPolicies = List.copyOf(sessionPolicies);
    }

    /** Returns a principal without session policies. */
    public static Identity of(Principal principal) {
        return new Identity(principal, List.of());
    }
}
