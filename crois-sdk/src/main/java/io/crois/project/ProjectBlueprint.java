package io.crois.project;

import io.crois.contract.ProjectNames;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.policybuilder.iam.IamPolicy;

/**
 * What {@link Provisioner#apply} makes of a project, as values; nothing is called.
 *
 * @param tags of everything of the project; roles also have {@link AccountPolicies#KEY_TAG} with the key's ARN
 * @param applicationRoles names of the roles that the application's policy is attached to; where there are none there
 *     is no such policy
 */
public record ProjectBlueprint(
        String project,
        String path,
        String boundary,
        Map<String, String> tags,
        List<RoleBlueprint> roles,
        String keyAlias,
        String keyDescription,
        IamPolicy keyPolicy,
        int keyRotationDays,
        String applicationPolicyName,
        IamPolicy applicationPolicy,
        List<String> applicationRoles) {

    /**
     * A role and the only policy that it has of its own.
     *
     * @param kind {@code Task} or {@code Flow}
     */
    public record RoleBlueprint(
            String kind, String name, String description, IamPolicy trust, String policyName, IamPolicy policy) {}

    /** Returns what a project is made of in an account. */
    public static ProjectBlueprint of(ProjectPlatform platform, ProjectDefinition project) {
        ProjectPolicies policies = ProjectPolicies.of(platform, project);
        ProjectNames names = project.names();
        Map<String, String> tags = new TreeMap<>(project.tags());
        tags.put(AccountPolicies.PROJECT_TAG, project.name());
        tags.put(AccountPolicies.HOME_TAG, platform.home());
        tags.put("crois:title", project.title());
        return new ProjectBlueprint(
                project.name(),
                ProjectNames.PATH,
                AccountPolicies.of(platform).boundaryArn(),
                tags,
                List.of(
                        new RoleBlueprint(
                                "Task",
                                names.taskRole(),
                                "Crois: containers of project " + project.name(),
                                policies.taskTrust(),
                                ProjectRole.OWN_POLICY,
                                policies.taskRole()),
                        new RoleBlueprint(
                                "Flow",
                                names.flowRole(),
                                "Crois: state machines of project " + project.name(),
                                policies.flowTrust(),
                                ProjectRole.OWN_POLICY,
                                policies.flowRole())),
                names.keyAlias(),
                "Crois project " + project.name(),
                policies.key(),
                project.rotationDays(),
                names.applicationPolicy(),
                policies.application(),
                project.applications().stream()
                        .map(role -> role.substring(role.lastIndexOf('/') + 1))
                        .toList());
    }
}
