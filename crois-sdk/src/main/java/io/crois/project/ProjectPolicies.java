package io.crois.project;

import static io.crois.project.PolicyStatements.allow;
import static io.crois.project.PolicyStatements.pass;

import io.crois.contract.ItemList;
import io.crois.contract.ProjectNames;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.policybuilder.iam.IamConditionOperator;
import software.amazon.awssdk.policybuilder.iam.IamEffect;
import software.amazon.awssdk.policybuilder.iam.IamPolicy;
import software.amazon.awssdk.policybuilder.iam.IamStatement;

/**
 * Every policy of one project. What each statement is for stands in {@code docs/security.md} under its {@code Sid}.
 *
 * <p>Rights to use the key are in the key's own policy alone, which names each principal and denies everybody else;
 * identity policies grant the rest, each for the project's own names only.
 */
public final class ProjectPolicies {
    private final ProjectPlatform platform;
    private final ProjectDefinition project;
    private final ProjectNames names;
    private final ProjectResources resources;

    private ProjectPolicies(ProjectPlatform platform, ProjectDefinition project) {
        this.platform = platform;
        this.project = project;
        this.names = project.names();
        this.resources = new ProjectResources(platform, names);
    }

    /** Returns the policies of a project in an account. */
    public static ProjectPolicies of(ProjectPlatform platform, ProjectDefinition project) {
        return new ProjectPolicies(platform, project);
    }

    /** Returns the ARN of the role of the project's containers. */
    public String taskRoleArn() {
        return resources.taskRole();
    }

    /** Returns the ARN of the role that Step Functions assumes. */
    public String flowRoleArn() {
        return resources.flowRole();
    }

    /** Returns the ARN of the policy of the applications that the project admits. */
    public String applicationPolicyArn() {
        return platform.policyArn(names.applicationPolicy());
    }

    /** Returns who may take the role of the containers: ECS, for tasks of this account. */
    public IamPolicy taskTrust() {
        return IamPolicy.create(List.of(trust(
                "ecs-tasks.amazonaws.com",
                "arn:" + platform.partition() + ":ecs:" + platform.region() + ":" + platform.account() + ":*")));
    }

    /** Returns who may take the flow role: Step Functions, for the project's own state machines. */
    public IamPolicy flowTrust() {
        return IamPolicy.create(List.of(trust("states.amazonaws.com", resources.machines())));
    }

    private IamStatement trust(String service, String sourceArn) {
        return IamStatement.builder()
                .sid("Service")
                .effect(IamEffect.ALLOW)
                .addPrincipal("Service", service)
                .addAction("sts:AssumeRole")
                .addCondition(IamConditionOperator.ARN_LIKE, "aws:SourceArn", sourceArn)
                .addCondition(IamConditionOperator.STRING_EQUALS, "aws:SourceAccount", platform.account())
                .build();
    }

    /** Returns what the agent and the user's command in its container may do. */
    public IamPolicy taskRole() {
        return IamPolicy.create(List.of(
                resources.items("Orders", List.of("dynamodb:GetItem", "dynamodb:PutItem")),
                allow(
                        "Objects",
                        List.of(
                                "s3:AbortMultipartUpload",
                                "s3:GetObject",
                                "s3:ListMultipartUploadParts",
                                "s3:PutObject"),
                        resources.objects()),
                allow(
                        "Secrets",
                        List.of("secretsmanager:GetSecretValue"),
                        List.of(platform.arn("secretsmanager", "secret:" + names.secrets() + "*")))));
    }

    /** Returns what a running state machine may do; it reaches no data of the project. */
    public IamPolicy flowRole() {
        List<IamStatement> statements = new ArrayList<>();
        statements.add(allow("Functions", List.of("lambda:InvokeFunction"), resources.functions()));
        statements.add(onCluster("RunTasks", List.of("ecs:RunTask"), resources.containers("ecs", "task-definition")));
        statements.add(onCluster(
                "WatchTasks",
                List.of("ecs:DescribeTasks", "ecs:StopTask"),
                List.of(platform.arn("ecs", "task/" + platform.settings().cluster() + "/*"))));
        statements.add(allow("SubmitJobs", List.of("batch:SubmitJob"), resources.jobs()));
        statements.add(allow("WatchJobs", List.of("batch:DescribeJobs", "batch:TerminateJob"), List.of("*")));
        statements.add(pass("PassToTasks", List.of(resources.taskRole(), platform.executionRole()), "ecs-tasks"));
        statements.add(allow(
                "ManagedRules",
                List.of("events:DescribeRule", "events:PutRule", "events:PutTargets"),
                List.of(
                        platform.arn("events", "rule/StepFunctionsGetEventsForBatchJobsRule"),
                        platform.arn("events", "rule/StepFunctionsGetEventsForECSTaskRule"))));
        statements.add(allow("MapIterations", List.of("states:StartExecution"), List.of(resources.machines())));
        statements.add(allow(
                "WatchMapIterations",
                List.of("states:DescribeExecution", "states:RedriveExecution", "states:StopExecution"),
                List.of(resources.executions())));
        String control = "/" + names.controlObjects() + "*/";
        statements.add(allow(
                "MapLists", List.of("s3:GetObject"), List.of(platform.bucketArn(control + ItemList.LISTS + "*"))));
        statements.add(allow(
                "MapResults",
                List.of("s3:AbortMultipartUpload", "s3:GetObject", "s3:ListMultipartUploadParts", "s3:PutObject"),
                List.of(platform.bucketArn(control + ItemList.RESULTS + "*"))));
        return IamPolicy.create(statements);
    }

    /** Returns what an application that the project admits may do: deploy, submit, and read what came out. */
    public IamPolicy application() {
        return new ApplicationPolicy(platform, names).toPolicy();
    }

    /** Returns the policy of the project's key; an account administrator has no part in it. */
    public IamPolicy key() {
        return new KeyPolicy(platform, project).complete();
    }

    /**
     * The policy that a key is born with, before the roles are there that {@link #key} names: administrators manage it,
     * and nobody uses it.
     */
    IamPolicy newbornKey() {
        return new KeyPolicy(platform, project).newborn();
    }

    private IamStatement onCluster(String sid, List<String> actions, List<String> resources) {
        return allow(sid, actions, resources).toBuilder()
                .addCondition(
                        IamConditionOperator.ARN_EQUALS,
                        "ecs:cluster",
                        platform.arn("ecs", "cluster/" + platform.settings().cluster()))
                .build();
    }
}
