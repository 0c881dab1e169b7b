package io.crois.testkit.aws.internal.access;

import io.crois.testkit.policy.AccessRequest;
import io.crois.testkit.policy.PolicyDocument;
import io.crois.testkit.policy.Principal;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AttachedPermissionsBoundary;
import software.amazon.awssdk.services.iam.model.IamException;
import software.amazon.awssdk.services.iam.model.Role;

/** Finds the policies and tags of who calls, as IAM has them now. */
final class Identities {

    private final IamClient iam;
    private final Policies policies;

    Identities(IamClient iam, Policies policies) {
        this.iam = iam;
        this.policies = policies;
    }

    static String decoded(String document) {
        return URLDecoder.decode(document.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /** Adds what belongs to a principal; a role that is not there has no policy. */
    void add(Identity identity, AccessRequest.Builder request) {
        identity.sessionPolicies().forEach(request::addSessionPolicy);
        if (identity.principal() instanceof Principal.RoleSession session) {
            String name = session.roleArn().substring(session.roleArn().lastIndexOf('/') + 1);
            try {
                add(iam.getRole(get -> get.roleName(name)).role(), session, request);
            } catch (IamException missing) {
                return;
            }
        }
    }

    private void add(Role role, Principal.RoleSession session, AccessRequest.Builder request) {
        String name = role.roleName();
        role.tags().forEach(tag -> request.context("aws:PrincipalTag/" + tag.key(), tag.value()));
        request.context("aws:userid", role.roleId() + ":" + session.name());
        for (String inline : iam.listRolePolicies(list -> list.roleName(name)).policyNames()) {
            String document = iam.getRolePolicy(get -> get.roleName(name).policyName(inline))
                    .policyDocument();
            request.addIdentityPolicy(policies.parse(name + "/" + inline, decoded(document)));
        }
        iam.listAttachedRolePolicies(list -> list.roleName(name))
                .attachedPolicies()
                .forEach(attached -> request.addIdentityPolicy(managed(attached.policyArn())));
        AttachedPermissionsBoundary boundary = role.permissionsBoundary();
        if (boundary != null) {
            request.permissionsBoundary(managed(boundary.permissionsBoundaryArn()));
        }
    }

    /** Returns a managed policy of the account or of AWS. */
    PolicyDocument managed(String arn) {
        String name = arn.substring(arn.lastIndexOf('/') + 1);
        if (arn.startsWith("arn:aws:iam::aws:policy/")) {
            return policies.parse(name, AwsManagedPolicies.document(arn));
        }
        String version = iam.getPolicy(get -> get.policyArn(arn)).policy().defaultVersionId();
        String document = iam.getPolicyVersion(get -> get.policyArn(arn).versionId(version))
                .policyVersion()
                .document();
        return policies.parse(name, decoded(document));
    }
}
