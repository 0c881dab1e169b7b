package io.crois.testkit.policy;

import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Something that somebody may or may not do.
 *
 * @param name what it is about
 * @param requests every permission that it needs
 * @param change what is special about it, once its policies are as they shall be
 */
record Probe(String name, List<AccessRequest> requests, UnaryOperator<AccessRequest> change) {

    static Probe of(String name, List<AccessRequest> requests) {
        return new Probe(name, requests, UnaryOperator.identity());
    }

    /** Says whether it may be done with policies that are changed. */
    boolean holds(UnaryOperator<PolicyDocument> policies) {
        return requests.stream()
                .map(request -> change.apply(request.withPolicies(policies)))
                .allMatch(request -> PolicyEvaluator.evaluate(request).isAllowed());
    }

    boolean uses(PolicyDocument policy) {
        return requests.stream()
                .anyMatch(request -> request.identityPolicies().contains(policy)
                        || request.permissionsBoundary().filter(policy::equals).isPresent()
                        || request.resourcePolicy().filter(policy::equals).isPresent());
    }
}
