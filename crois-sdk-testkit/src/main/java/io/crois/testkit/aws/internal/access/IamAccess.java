package io.crois.testkit.aws.internal.access;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.IamException;
import software.amazon.awssdk.services.iam.model.Role;
import software.amazon.awssdk.services.iam.model.Tag;

/** AWS IAM: roles and managed policies. */
final class IamAccess implements AccessRules {

    private final IamClient iam;
    private final Site site;

    IamAccess(IamClient iam, Site site) {
        this.iam = iam;
        this.site = site;
    }

    @Override
    public List<Access> of(Call call) {
        return List.of(Access.of("iam:" + call.operation(), resource(call))
                .with("iam:PermissionsBoundary", call.find("PermissionsBoundary"))
                .with(
                        "iam:PolicyARN",
                        call.find("PolicyArn")
                                .filter(arn -> call.find("RoleName").isPresent()))
                .tags("aws:RequestTag/", tags(call))
                .tags("aws:ResourceTag/", tagsOf(call.text("RoleName"))));
    }

    private static Map<String, String> tags(Call call) {
        return call.things("Tags").stream().map(Tag.class::cast).collect(Collectors.toMap(Tag::key, Tag::value));
    }

    private String resource(Call call) {
        if (call.find("RoleName").isPresent()) {
            return role(call);
        }
        String path = call.find("Path").orElse("/");
        return call.find("PolicyArn")
                .or(() -> call.find("PolicyName").map(name -> site.role("policy" + path + name)))
                .orElse("*");
    }

    private String role(Call call) {
        String name = call.text("RoleName");
        try {
            return iam.getRole(get -> get.roleName(name)).role().arn();
        } catch (IamException missing) {
            return site.role("role" + call.find("Path").orElse("/") + name);
        }
    }

    private Map<String, String> tagsOf(String role) {
        try {
            Role found = iam.getRole(get -> get.roleName(role)).role();
            return found.tags().stream().collect(Collectors.toMap(Tag::key, Tag::value));
        } catch (IamException missing) {
            return Map.of();
        }
    }
}
