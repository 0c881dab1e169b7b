package io.crois.project;

import io.crois.contract.ProjectNames;
import io.crois.project.PlannedChange.Action;
import io.crois.project.Step.Stage;
import io.crois.workflow.CroisException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import software.amazon.awssdk.policybuilder.iam.IamPolicy;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.ListAttachedRolePoliciesResponse;
import software.amazon.awssdk.services.iam.model.ListRolePoliciesResponse;
import software.amazon.awssdk.services.iam.model.Role;
import software.amazon.awssdk.services.iam.model.Tag;

/** One of the two roles of a project: with one inline policy, the boundary of the account, and nothing else. */
final class ProjectRole {
    private static final String ROLE = "AWS::IAM::Role";
    private static final String POLICY = "AWS::IAM::RolePolicy";
    static final String OWN_POLICY = "crois";

    private final Site site;
    private final IamClient iam;
    private final Calls calls;
    private final String name;
    private final String purpose;
    private final IamPolicy trust;
    private final IamPolicy rights;
    private final String boundary;

    private ProjectRole(Site site, String name, String purpose, IamPolicy trust, IamPolicy rights) {
        this.site = site;
        this.iam = site.clients.iam();
        this.calls = site.calls;
        this.name = name;
        this.purpose = purpose;
        this.trust = trust;
        this.rights = rights;
        this.boundary = AccountPolicies.of(site.platform).boundaryArn();
    }

    /** Returns the role of the project's containers. */
    static ProjectRole task(Site site) {
        return new ProjectRole(
                site,
                site.names.taskRole(),
                "containers of project " + site.project.name(),
                site.policies.taskTrust(),
                site.policies.taskRole());
    }

    /** Returns the role that Step Functions assumes. */
    static ProjectRole flow(Site site) {
        return new ProjectRole(
                site,
                site.names.flowRole(),
                "state machines of project " + site.project.name(),
                site.policies.flowTrust(),
                site.policies.flowRole());
    }

    /** Returns what must change. */
    List<Step> steps() {
        return find().map(this::changes).orElseGet(this::creation);
    }

    private Optional<Role> find() {
        return calls.find("iam:GetRole", () -> iam.getRole(request -> request.roleName(name)))
                .map(answer -> answer.role());
    }

    private List<Step> creation() {
        if (calls.find("iam:GetPolicy", () -> iam.getPolicy(request -> request.policyArn(boundary)))
                .isEmpty()) {
            throw new CroisException(
                    "The permissions boundary `" + boundary + "` is not there, and no role of a project"
                            + " is made without it. Call Provisioner.applyAccount() once for the account.");
        }
        return List.of(
                step(
                        Action.CREATE,
                        ROLE,
                        name,
                        Stage.ROLES,
                        "assumed by " + services() + ", bounded by `" + AccountPolicies.BOUNDARY + "`",
                        this::create),
                rights());
    }

    private String services() {
        return trust.statements().get(0).principals().get(0).id();
    }

    private static Step step(Action action, String resource, String name, Stage stage, String detail, Runnable work) {
        return new Step(new PlannedChange(action, resource, name, detail), stage, work);
    }

    private void create() {
        calls.create(
                "iam:CreateRole",
                () -> iam.createRole(request -> request.roleName(name)
                        .path(ProjectNames.PATH)
                        .description("Crois: " + purpose)
                        .assumeRolePolicyDocument(trust.toJson())
                        .permissionsBoundary(boundary)
                        .tags(tags(site.roleTags()))));
    }

    private Step rights() {
        return step(
                Action.UPDATE,
                POLICY,
                name + "/" + OWN_POLICY,
                Stage.RIGHTS,
                "statements " + sids(rights),
                () -> calls.writeSoon(
                        "iam:PutRolePolicy",
                        () -> iam.putRolePolicy(request ->
                                request.roleName(name).policyName(OWN_POLICY).policyDocument(rights.toJson()))));
    }

    static String sids(IamPolicy policy) {
        return policy.statements().stream().map(statement -> statement.sid()).collect(Collectors.joining(", "));
    }

    private List<Step> changes(Role role) {
        Map<String, String> tags =
                role.tags().stream().collect(Collectors.toMap(Tag::key, Tag::value, (a, b) -> b, TreeMap::new));
        site.refuseForeign("Role `" + name + "`", tags);
        if (!role.path().equals(ProjectNames.PATH)) {
            throw new CroisException("Role `" + name + "` lies under the path `" + role.path()
                    + "`, but must lie under `" + ProjectNames.PATH
                    + "`, and IAM cannot move it. Delete it; the provisioner makes it anew.");
        }
        List<Step> steps = new ArrayList<>();
        tagging(tags).ifPresent(steps::add);
        if (!PolicyText.same(PolicyText.decoded(role.assumeRolePolicyDocument()), trust)) {
            steps.add(step(
                    Action.UPDATE,
                    ROLE,
                    name,
                    Stage.ROLES,
                    "trust: assumed by " + services() + " alone",
                    () -> calls.write(
                            "iam:UpdateAssumeRolePolicy",
                            () -> iam.updateAssumeRolePolicy(
                                    request -> request.roleName(name).policyDocument(trust.toJson())))));
        }
        if (role.permissionsBoundary() == null
                || !boundary.equals(role.permissionsBoundary().permissionsBoundaryArn())) {
            steps.add(step(
                    Action.UPDATE,
                    ROLE,
                    name,
                    Stage.ROLES,
                    "bounded by `" + AccountPolicies.BOUNDARY + "`",
                    () -> calls.write(
                            "iam:PutRolePermissionsBoundary",
                            () -> iam.putRolePermissionsBoundary(
                                    request -> request.roleName(name).permissionsBoundary(boundary)))));
        }
        inline(steps);
        attached()
                .forEach(arn -> steps.add(step(
                        Action.DELETE, ROLE, name, Stage.RIGHTS, "detached from `" + arn + "`", () -> detach(arn))));
        return steps;
    }

    private Optional<Step> tagging(Map<String, String> found) {
        Map<String, String> missing = Site.missing(site.roleTags(), found);
        boolean keyUnknown = !site.hasKey();
        if (missing.isEmpty() && !keyUnknown) {
            return Optional.empty();
        }
        boolean adopted = !found.containsKey(AccountPolicies.PROJECT_TAG);
        List<String> keys = new ArrayList<>(missing.keySet());
        if (keyUnknown) {
            keys.add(AccountPolicies.KEY_TAG);
        }
        return Optional.of(step(
                adopted ? Action.ADOPT : Action.UPDATE,
                ROLE,
                name,
                Stage.ROLES,
                "tags " + keys,
                () -> calls.write(
                        "iam:TagRole",
                        () -> iam.tagRole(request -> request.roleName(name).tags(tags(site.roleTags()))))));
    }

    private void inline(List<Step> steps) {
        List<String> names = inlineNames();
        boolean same = names.contains(OWN_POLICY)
                && calls.find(
                                "iam:GetRolePolicy",
                                () -> iam.getRolePolicy(
                                        request -> request.roleName(name).policyName(OWN_POLICY)))
                        .map(answer -> PolicyText.same(PolicyText.decoded(answer.policyDocument()), rights))
                        .orElse(false);
        if (!same) {
            steps.add(rights());
        }
        names.stream()
                .filter(policy -> !policy.equals(OWN_POLICY))
                .forEach(policy -> steps.add(step(
                        Action.DELETE,
                        POLICY,
                        name + "/" + policy,
                        Stage.RIGHTS,
                        "grants what the project's policy does not",
                        () -> deleteInline(policy))));
    }

    private List<String> inlineNames() {
        List<String> names = new ArrayList<>();
        String marker = null;
        do {
            String from = marker;
            Optional<ListRolePoliciesResponse> page = calls.find(
                    "iam:ListRolePolicies",
                    () -> iam.listRolePolicies(request -> request.roleName(name).marker(from)));
            page.ifPresent(found -> names.addAll(found.policyNames()));
            marker = page.filter(found -> Boolean.TRUE.equals(found.isTruncated()))
                    .map(ListRolePoliciesResponse::marker)
                    .orElse(null);
        } while (marker != null);
        return names;
    }

    private List<String> attached() {
        List<String> arns = new ArrayList<>();
        String marker = null;
        do {
            String from = marker;
            Optional<ListAttachedRolePoliciesResponse> page = calls.find(
                    "iam:ListAttachedRolePolicies",
                    () -> iam.listAttachedRolePolicies(
                            request -> request.roleName(name).marker(from)));
            page.ifPresent(found -> found.attachedPolicies().forEach(policy -> arns.add(policy.policyArn())));
            marker = page.filter(found -> Boolean.TRUE.equals(found.isTruncated()))
                    .map(ListAttachedRolePoliciesResponse::marker)
                    .orElse(null);
        } while (marker != null);
        return arns;
    }

    private void deleteInline(String policy) {
        calls.remove(
                "iam:DeleteRolePolicy",
                () -> iam.deleteRolePolicy(request -> request.roleName(name).policyName(policy)));
    }

    private void detach(String arn) {
        calls.remove(
                "iam:DetachRolePolicy",
                () -> iam.detachRolePolicy(request -> request.roleName(name).policyArn(arn)));
    }

    /** Returns what removes the role with everything that belongs to it, if it is there. */
    List<Step> removal() {
        Optional<Role> found = find();
        if (found.isEmpty()) {
            return List.of();
        }
        site.refuseForeign(
                "Role `" + name + "`", found.get().tags().stream().collect(Collectors.toMap(Tag::key, Tag::value)));
        return List.of(step(Action.DELETE, ROLE, name, Stage.ROLES, "with its policies", this::remove));
    }

    private void remove() {
        if (find().isEmpty()) {
            return;
        }
        inlineNames().forEach(this::deleteInline);
        attached().forEach(this::detach);
        calls.remove("iam:DeleteRole", () -> iam.deleteRole(request -> request.roleName(name)));
    }

    private static List<Tag> tags(Map<String, String> tags) {
        return tags.entrySet().stream()
                .map(tag ->
                        Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
                .toList();
    }
}
