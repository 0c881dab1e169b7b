package io.crois.testkit.aws.internal.access;

import java.util.List;

/** Amazon ECR: repositories of images, and the token with which whoever pulls them logs in. */
final class ImageAccess implements AccessRules {

    private final Site site;

    ImageAccess(Site site) {
        this.site = site;
    }

    @Override
    public List<Access> of(Call call) {
        String action = "ecr:" + call.operation();
        return List.of(call.find("RepositoryName")
                .map(name ->
                        Access.of(action, repository(call.find("RegistryId").orElse(site.account()), name)))
                .orElseGet(() -> Access.of(action, "*")));
    }

    private String repository(String registry, String name) {
        return "arn:aws:ecr:" + site.region() + ":" + registry + ":repository/" + name;
    }
}
