package io.crois.testkit.aws.internal.access;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AttachedPermissionsBoundary;
import software.amazon.awssdk.services.iam.model.IamException;
import software.amazon.awssdk.services.iam.model.Role;
import software.amazon.awssdk.services.iam.model.Tag;

/** AWS IAM: roles and managed policies. */
final class IamAccess implements AccessRules {

    private static final String BOUNDARY = "iam:PermissionsBoundary";
    private static final Set<String> BOUNDED = Set.of(
            "AttachRolePolicy",
            "DeleteRolePermissionsBoundary",
            "DeleteRolePolicy",
            "DetachRolePolicy",
            "PutRolePolicy");

    private final IamClient iam;
    private final Site site;

    IamAccess(IamClient iam, Site site) {
        this.iam = iam;
        this.site = site;
    }

    @Override
    public List<Access> of(Call call) {
        List<Access> needed = new ArrayList<>();
        needed.add(access(call, call.operation()));
        if (call.operation().startsWith("Create") && !call.things("Tags").isEmpty()) {
            needed.add(access(call, "Tag" + call.operation().substring("Create".length())));
        }
        return needed;
    }

    private Access access(Call call, String operation) {
        Optional<Role> role = role(call.text("RoleName"));
        return Access.of("iam:" + operation, resource(call, role))
                .with(BOUNDARY, call.find("PermissionsBoundary").or(() -> boundary(operation, role)))
                .with(
                        "iam:PolicyARN",
                        call.find("PolicyArn")
                                .filter(arn -> call.find("RoleName").isPresent()))
                .tags("aws:RequestTag/", tags(call))
                .tags("aws:ResourceTag/", role.map(found -> tags(found.tags())).orElse(Map.of()));
    }

    /** The boundary that a role has counts where its rights are changed. */
    private static Optional<String> boundary(String operation, Optional<Role> role) {
        return role.filter(found -> BOUNDED.contains(operation))
                .map(Role::permissionsBoundary)
                .map(AttachedPermissionsBoundary::permissionsBoundaryArn);
    }

    private static Map<String, String> tags(List<Tag> tags) {
        return tags.stream().collect(Collectors.toMap(Tag::key, Tag::value));
    }

    private static Map<String, String> tags(Call call) {
        return call.things("Tags").stream().map(Tag.class::cast).collect(Collectors.toMap(Tag::key, Tag::value));
    }

    private String resource(Call call, Optional<Role> role) {
        String path = call.find("Path").orElse("/");
        return call.find("RoleName")
                .map(name -> role.map(Role::arn).orElse(site.role("role" + path + name)))
                .or(() -> call.find("PolicySourceArn"))
                .or(() -> call.find("PolicyArn"))
                .or(() -> call.find("PolicyName").map(name -> site.role("policy" + path + name)))
                .orElse("*");
    }

    private Optional<Role> role(String name) {
        try {
            return Optional.of(iam.getRole(get -> get.roleName(name)).role());
        } catch (IamException missing) {
            return Optional.empty();
        }
    }
}
