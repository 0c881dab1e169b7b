package io.crois.project;

import io.crois.project.PlannedChange.Action;
import io.crois.project.Step.Stage;
import io.crois.workflow.CroisException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.ListEntitiesForPolicyResponse;

/** The managed policy of the applications that a project admits, attached to the role of each. */
final class ApplicationRights {
    private static final String POLICY = "AWS::IAM::ManagedPolicy";

    private final Site site;
    private final ManagedPolicy policy;
    private final IamClient iam;
    private final Calls calls;
    private final String arn;

    ApplicationRights(Site site) {
        this.site = site;
        this.iam = site.clients.iam();
        this.calls = site.calls;
        this.arn = site.policies.applicationPolicyArn();
        this.policy = new ManagedPolicy(iam, calls, site.names.applicationPolicy(), arn, site.policies.application());
    }

    /** Returns what must change. */
    List<Step> steps() {
        if (site.project.applications().isEmpty()) {
            return removal();
        }
        refuseOtherAccounts();
        List<Step> steps = new ArrayList<>(policy.steps(Stage.RIGHTS));
        Set<String> wanted = new TreeSet<>(site.project.applications().stream()
                .map(ApplicationRights::nameOf)
                .toList());
        Set<String> attached = attached();
        wanted.stream().filter(role -> !attached.contains(role)).forEach(role -> steps.add(attachment(role)));
        attached.stream().filter(role -> !wanted.contains(role)).forEach(role -> steps.add(detachment(role)));
        return steps;
    }

    private void refuseOtherAccounts() {
        List<String> problems = new ArrayList<>();
        String prefix = site.platform.iamArn("role/");
        for (String application : site.project.applications()) {
            if (!application.startsWith(prefix)) {
                problems.add("application `" + application + "`: is a role of another account. Admit a role of account "
                        + site.platform.account() + " that the other account may assume.");
            }
        }
        Problems.refuse("Project `" + site.project.name() + "`", problems);
    }

    private static String nameOf(String roleArn) {
        return roleArn.substring(roleArn.lastIndexOf('/') + 1);
    }

    private Set<String> attached() {
        Set<String> roles = new TreeSet<>();
        String marker = null;
        do {
            String from = marker;
            Optional<ListEntitiesForPolicyResponse> page = calls.find(
                    "iam:ListEntitiesForPolicy",
                    () -> iam.listEntitiesForPolicy(
                            request -> request.policyArn(arn).marker(from)));
            page.ifPresent(found -> found.policyRoles().forEach(role -> roles.add(role.roleName())));
            marker = page.filter(found -> Boolean.TRUE.equals(found.isTruncated()))
                    .map(ListEntitiesForPolicyResponse::marker)
                    .orElse(null);
        } while (marker != null);
        return roles;
    }

    private Step attachment(String role) {
        if (calls.find("iam:GetRole", () -> iam.getRole(request -> request.roleName(role)))
                .isEmpty()) {
            throw new CroisException("Project `" + site.project.name() + "` admits the role `" + role
                    + "`, which is not there. Make it first, or leave it out of the definition.");
        }
        return new Step(
                new PlannedChange(
                        Action.UPDATE, POLICY, site.names.applicationPolicy(), "attached to role `" + role + "`"),
                Stage.APPLICATIONS,
                () -> calls.writeSoon(
                        "iam:AttachRolePolicy",
                        () -> iam.attachRolePolicy(
                                request -> request.roleName(role).policyArn(arn))));
    }

    private Step detachment(String role) {
        return new Step(
                new PlannedChange(
                        Action.UPDATE, POLICY, site.names.applicationPolicy(), "detached from role `" + role + "`"),
                Stage.APPLICATIONS,
                () -> detach(role));
    }

    private void detach(String role) {
        calls.remove(
                "iam:DetachRolePolicy",
                () -> iam.detachRolePolicy(request -> request.roleName(role).policyArn(arn)));
    }

    /** Returns what removes the policy, if it is there. */
    List<Step> removal() {
        if (!policy.isThere()) {
            return List.of();
        }
        return List.of(new Step(
                new PlannedChange(
                        Action.DELETE, POLICY, site.names.applicationPolicy(), "no application is admitted any more"),
                Stage.APPLICATIONS,
                () -> {
                    if (policy.isThere()) {
                        attached().forEach(this::detach);
                        policy.remove();
                    }
                }));
    }
}
