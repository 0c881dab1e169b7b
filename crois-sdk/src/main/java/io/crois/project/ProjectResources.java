package io.crois.project;

import io.crois.contract.ProjectNames;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.policybuilder.iam.IamEffect;
import software.amazon.awssdk.policybuilder.iam.IamStatement;

/** What a project's own things are called in policies: ARNs, and patterns that cover no other project's. */
final class ProjectResources {
    private final ProjectPlatform platform;
    private final ProjectNames names;

    ProjectResources(ProjectPlatform platform, ProjectNames names) {
        this.platform = platform;
        this.names = names;
    }

    String taskRole() {
        return platform.roleArn(names.taskRole());
    }

    String flowRole() {
        return platform.roleArn(names.flowRole());
    }

    /** Returns a statement on the items in the project's partitions. */
    IamStatement items(String sid, List<String> actions) {
        return IamStatement.builder()
                .sid(sid)
                .effect(IamEffect.ALLOW)
                .actionIds(actions)
                .addResource(
                        platform.arn("dynamodb", "table/" + platform.settings().table()))
                .addCondition("ForAllValues:StringLike", "dynamodb:LeadingKeys", names.items() + "*")
                .build();
    }

    List<String> objects() {
        return List.of(
                platform.bucketArn("/" + names.objects() + "*"),
                platform.bucketArn("/" + names.controlObjects() + "*"));
    }

    List<String> functions() {
        List<String> functions = new ArrayList<>();
        for (String name : List.of(
                platform.functions().prepare(),
                platform.functions().store(),
                platform.functions().route())) {
            functions.add(platform.functionArn(name));
        }
        return functions;
    }

    List<String> containers(String service, String kind) {
        return List.of(platform.arn(service, kind + "/" + prefix() + "*"));
    }

    List<String> jobs() {
        List<String> jobs = new ArrayList<>(containers("batch", "job-definition"));
        jobs.add(platform.arn("batch", "job-queue/" + platform.settings().onDemandQueue()));
        jobs.add(platform.arn("batch", "job-queue/" + platform.settings().spotQueue()));
        return jobs;
    }

    String prefix() {
        return platform.settings().prefix() + names.prefix() + "-";
    }

    /** Returns a pattern of the state machines. */
    String machines() {
        return platform.arn("states", "stateMachine:" + prefix() + "*");
    }

    /** Returns a pattern of the executions, those of distributed Maps included. */
    String executions() {
        return platform.arn("states", "execution:" + prefix() + "*");
    }
}
