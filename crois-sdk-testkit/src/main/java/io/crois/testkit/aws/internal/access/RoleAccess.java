package io.crois.testkit.aws.internal.access;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.IamException;

/** Taking a role, and handing one to a service. */
final class RoleAccess {

    private final IamClient iam;
    private final Policies policies;
    private final Predicate<String> isVisible;

    RoleAccess(IamClient iam, Policies policies, Predicate<String> isVisible) {
        this.isVisible = isVisible;
        this.iam = iam;
        this.policies = policies;
    }

    Access assume(String roleArn) {
        return Access.of("sts:AssumeRole", roleArn).policy(trust(roleArn));
    }

    private Optional<io.crois.testkit.policy.PolicyDocument> trust(String roleArn) {
        if (!isVisible.test(roleArn)) {
            return Optional.empty();
        }
        String name = roleArn.substring(roleArn.lastIndexOf('/') + 1);
        try {
            String document = iam.getRole(get -> get.roleName(name)).role().assumeRolePolicyDocument();
            return Optional.of(policies.parse(name + "-trust", Identities.decoded(document)));
        } catch (IamException missing) {
            return Optional.empty();
        }
    }

    /** Returns what it needs to hand a role to a service; nothing without a role. */
    List<Access> pass(Optional<String> roleArn, String service) {
        return roleArn.filter(arn -> arn.startsWith("arn:"))
                .map(arn -> List.of(Access.of("iam:PassRole", arn).with("iam:PassedToService", service)))
                .orElse(List.of());
    }
}
