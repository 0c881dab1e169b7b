package io.crois.testkit.policy;

import io.crois.testkit.policy.internal.Evaluation;

/**
 * Decides requests by AWS's evaluation logic: an explicit denial anywhere wins; service control policies, permissions
 * boundary and session policies limit; within an account either side may allow, across accounts both must; a KMS key
 * and a role's trust policy must allow themselves or pass the decision on to the account.
 *
 * <pre>{@code
 * Decision decision = PolicyEvaluator.evaluate(AccessRequest.builder(Principal.session(role, "run-1"), "s3:GetObject", object)
 *         .addIdentityPolicy(PolicyDocument.parse("task", json))
 *         .build());
 * assertThat(decision.isAllowed()).as(decision.explanation()).isTrue();
 * }</pre>
 *
 * <p>Not evaluated: resource control policies, VPC endpoint policies, access points, federated users.
 */
public final class PolicyEvaluator {

    private PolicyEvaluator() {}

    /** Decides a request. */
    public static Decision evaluate(AccessRequest request) {
        return Evaluation.of(request);
    }
}
