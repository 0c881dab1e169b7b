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
import software.amazon.awssdk.policybuilder.iam.IamPrincipal;
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

    private ProjectPolicies(ProjectPlatform platform, ProjectDefinition project) {
        this.platform = platform;
        this.project = project;
        this.names = project.names();
    }

    /** Returns the policies of a project in an account. */
    public static ProjectPolicies of(ProjectPlatform platform, ProjectDefinition project) {
        return new ProjectPolicies(platform, project);
    }

    /** Returns the ARN of the role of the project's containers. */
    public String taskRoleArn() {
        return platform.roleArn(names.taskRole());
    }

    /** Returns the ARN of the role that Step Functions assumes. */
    public String flowRoleArn() {
        return platform.roleArn(names.flowRole());
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
        return IamPolicy.create(List.of(trust("states.amazonaws.com", platform.arn("states", machines()))));
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
                items("Orders", List.of("dynamodb:GetItem", "dynamodb:PutItem")),
                allow(
                        "Objects",
                        List.of(
                                "s3:AbortMultipartUpload",
                                "s3:GetObject",
                                "s3:ListMultipartUploadParts",
                                "s3:PutObject"),
                        objects()),
                allow(
                        "Secrets",
                        List.of("secretsmanager:GetSecretValue"),
                        List.of(platform.arn("secretsmanager", "secret:" + names.secrets() + "*")))));
    }

    /** Returns what a running state machine may do; it reaches no data of the project. */
    public IamPolicy flowRole() {
        List<IamStatement> statements = new ArrayList<>();
        statements.add(allow("Functions", List.of("lambda:InvokeFunction"), functions()));
        statements.add(onCluster("RunTasks", List.of("ecs:RunTask"), containers("ecs", "task-definition")));
        statements.add(onCluster(
                "WatchTasks",
                List.of("ecs:DescribeTasks", "ecs:StopTask"),
                List.of(platform.arn("ecs", "task/" + platform.settings().cluster() + "/*"))));
        statements.add(allow("SubmitJobs", List.of("batch:SubmitJob"), jobs()));
        statements.add(allow("WatchJobs", List.of("batch:DescribeJobs", "batch:TerminateJob"), List.of("*")));
        statements.add(pass("PassToTasks", List.of(taskRoleArn(), platform.executionRole()), "ecs-tasks"));
        statements.add(allow(
                "ManagedRules",
                List.of("events:DescribeRule", "events:PutRule", "events:PutTargets"),
                List.of(
                        platform.arn("events", "rule/StepFunctionsGetEventsForBatchJobsRule"),
                        platform.arn("events", "rule/StepFunctionsGetEventsForECSTaskRule"))));
        statements.add(
                allow("MapIterations", List.of("states:StartExecution"), List.of(platform.arn("states", machines()))));
        statements.add(allow(
                "WatchMapIterations",
                List.of("states:DescribeExecution", "states:RedriveExecution", "states:StopExecution"),
                List.of(platform.arn("states", executions()))));
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
        List<IamStatement> statements = new ArrayList<>();
        statements.add(items(
                "Items",
                List.of(
                        "dynamodb:BatchGetItem",
                        "dynamodb:BatchWriteItem",
                        "dynamodb:DeleteItem",
                        "dynamodb:GetItem",
                        "dynamodb:PutItem",
                        "dynamodb:Query")));
        statements.add(allow("ReadObjects", List.of("s3:GetObject"), objects()));
        statements.add(IamStatement.builder()
                .sid("ListObjects")
                .effect(IamEffect.ALLOW)
                .addAction("s3:ListBucket")
                .addResource(platform.bucketArn(""))
                .addConditions(
                        IamConditionOperator.STRING_LIKE,
                        "s3:prefix",
                        List.of(names.objects() + "*", names.controlObjects() + "*"))
                .build());
        statements.add(allow(
                "WriteLargeItems",
                List.of("s3:PutObject"),
                List.of(platform.bucketArn("/" + names.controlObjects() + "*"))));
        statements.add(allow(
                "Machines",
                List.of(
                        "states:CreateStateMachine",
                        "states:CreateStateMachineAlias",
                        "states:DescribeStateMachine",
                        "states:DescribeStateMachineAlias",
                        "states:ListExecutions",
                        "states:ListStateMachineVersions",
                        "states:PublishStateMachineVersion",
                        "states:StartExecution",
                        "states:UpdateStateMachine",
                        "states:UpdateStateMachineAlias"),
                List.of(platform.arn("states", machines()))));
        statements.add(allow(
                "Executions",
                List.of(
                        "states:DescribeExecution",
                        "states:GetExecutionHistory",
                        "states:RedriveExecution",
                        "states:StopExecution"),
                List.of(platform.arn("states", executions()))));
        statements.add(allow(
                "Find",
                List.of(
                        "batch:DescribeJobDefinitions",
                        "ecs:DescribeTaskDefinition",
                        "ecs:ListTaskDefinitions",
                        "states:ListStateMachines"),
                List.of("*")));
        List<String> containers = new ArrayList<>(containers("ecs", "task-definition"));
        containers.addAll(containers("batch", "job-definition"));
        statements.add(
                allow("Containers", List.of("batch:RegisterJobDefinition", "ecs:RegisterTaskDefinition"), containers));
        statements.add(pass("PassToTasks", List.of(taskRoleArn(), platform.executionRole()), "ecs-tasks"));
        statements.add(pass("PassToFlow", List.of(flowRoleArn()), "states"));
        statements.addAll(starts());
        String streams = ":log-stream:" + platform.settings().prefix() + names.prefix() + "-*";
        statements.add(allow(
                "ReadLogs",
                List.of("logs:GetLogEvents"),
                List.of(
                        platform.arn("logs", "log-group:" + platform.settings().taskLog() + streams),
                        platform.arn("logs", "log-group:" + platform.settings().jobLog() + streams))));
        statements.add(allow("FindLogs", List.of("batch:DescribeJobs"), List.of("*")));
        return IamPolicy.create(statements);
    }

    /** Schedules and event rules of the project, which may call nothing but the function that starts executions. */
    private List<IamStatement> starts() {
        String prefix = platform.settings().prefix();
        String group = names.scheduleGroup(prefix);
        String caller = platform.iamArn("role" + ProjectNames.PATH + prefix + "start-caller");
        return List.of(
                allow(
                        "Schedules",
                        List.of(
                                "scheduler:CreateSchedule",
                                "scheduler:CreateScheduleGroup",
                                "scheduler:DeleteSchedule",
                                "scheduler:GetScheduleGroup",
                                "scheduler:TagResource",
                                "scheduler:UpdateSchedule"),
                        List.of(
                                platform.arn("scheduler", "schedule/" + group + "/*"),
                                platform.arn("scheduler", "schedule-group/" + group))),
                allow(
                        "Triggers",
                        List.of(
                                "events:DeleteRule",
                                "events:DisableRule",
                                "events:EnableRule",
                                "events:PutRule",
                                "events:RemoveTargets"),
                        List.of(platform.arn("events", "rule/" + names.rules(prefix) + "*"))),
                IamStatement.builder()
                        .sid("TriggerTargets")
                        .effect(IamEffect.ALLOW)
                        .addAction("events:PutTargets")
                        .addResource(platform.arn("events", "rule/" + names.rules(prefix) + "*"))
                        .addCondition(
                                IamConditionOperator.ARN_EQUALS,
                                "events:TargetArn",
                                platform.arn("lambda", "function:" + prefix + "start"))
                        .build(),
                pass("PassToSchedules", List.of(caller), "scheduler"));
    }

    /** Returns the policy of the project's key; an account administrator has no part in it. */
    public IamPolicy key() {
        List<String> objectContexts = List.of(platform.bucketArn(""), platform.bucketArn("/" + names.objects() + "*"));
        String secrets = platform.arn("secretsmanager", "secret:" + names.secrets() + "*");
        List<IamStatement> statements = new ArrayList<>();
        statements.add(use("ProjectObjects", List.of(taskRoleArn()), List.of("kms:Decrypt", "kms:GenerateDataKey"))
                .addCondition(IamConditionOperator.STRING_EQUALS, "kms:ViaService", platform.via("s3"))
                .addConditions(IamConditionOperator.STRING_LIKE, "kms:EncryptionContext:aws:s3:arn", objectContexts)
                .build());
        statements.add(use("ProjectSecrets", List.of(taskRoleArn()), List.of("kms:Decrypt"))
                .addCondition(IamConditionOperator.STRING_EQUALS, "kms:ViaService", platform.via("secretsmanager"))
                .addCondition(IamConditionOperator.STRING_LIKE, "kms:EncryptionContext:SecretARN", secrets)
                .build());
        statements.add(use("OpenSealedArguments", List.of(taskRoleArn()), List.of("kms:Decrypt"))
                .addCondition(IamConditionOperator.STRING_EQUALS, "kms:EncryptionContext:crois:project", project.name())
                .build());
        statements.add(use("SealArguments", sealers(), List.of("kms:Encrypt"))
                .addCondition(IamConditionOperator.STRING_EQUALS, "kms:EncryptionContext:crois:project", project.name())
                .build());
        statements.add(use("WriteSecrets", List.of(platform.controlPlane()), List.of("kms:GenerateDataKey"))
                .addCondition(IamConditionOperator.STRING_EQUALS, "kms:ViaService", platform.via("secretsmanager"))
                .addCondition(IamConditionOperator.STRING_LIKE, "kms:EncryptionContext:SecretARN", secrets)
                .build());
        statements.add(use("ValidateKeyOfSecrets", List.of(platform.controlPlane()), List.of("kms:Decrypt"))
                .addCondition(IamConditionOperator.STRING_EQUALS, "kms:ViaService", platform.via("secretsmanager"))
                .addCondition(
                        IamConditionOperator.STRING_EQUALS,
                        "kms:EncryptionContext:SecretVersionId",
                        "RequestToValidateKeyAccess")
                .build());
        if (!project.applications().isEmpty()) {
            statements.add(use("ReadResults", project.applications(), List.of("kms:Decrypt"))
                    .addCondition(IamConditionOperator.STRING_EQUALS, "kms:ViaService", platform.via("s3"))
                    .addConditions(IamConditionOperator.STRING_LIKE, "kms:EncryptionContext:aws:s3:arn", objectContexts)
                    .build());
        }
        statements.add(use("ManageNotUse", platform.keyAdministrators(), MANAGE).build());
        statements.add(denyToOthers());
        statements.add(noGrants());
        return IamPolicy.create(statements);
    }

    /** A grant would give the use of the key past its policy. */
    private static IamStatement noGrants() {
        return IamStatement.builder()
                .sid("NoGrants")
                .effect(IamEffect.DENY)
                .addPrincipal(IamPrincipal.ALL)
                .addAction("kms:CreateGrant")
                .addResource("*")
                .build();
    }

    private static final List<String> MANAGE = List.of(
            "kms:CancelKeyDeletion",
            "kms:CreateAlias",
            "kms:DeleteAlias",
            "kms:DescribeKey",
            "kms:DisableKey",
            "kms:EnableKey",
            "kms:EnableKeyRotation",
            "kms:GetKeyPolicy",
            "kms:GetKeyRotationStatus",
            "kms:ListGrants",
            "kms:ListResourceTags",
            "kms:PutKeyPolicy",
            "kms:RevokeGrant",
            "kms:RotateKeyOnDemand",
            "kms:ScheduleKeyDeletion",
            "kms:TagResource",
            "kms:UntagResource",
            "kms:UpdateAlias",
            "kms:UpdateKeyDescription");

    /**
     * The policy that a key is born with, before the roles are there that {@link #key} names: administrators manage it,
     * and nobody uses it.
     */
    IamPolicy newbornKey() {
        return IamPolicy.create(List.of(
                use("ManageNotUse", platform.keyAdministrators(), MANAGE).build(), noGrants()));
    }

    private IamStatement denyToOthers() {
        List<String> users = new ArrayList<>(sealers());
        users.add(taskRoleArn());
        return IamStatement.builder()
                .sid("NobodyElse")
                .effect(IamEffect.DENY)
                .addPrincipal(IamPrincipal.ALL)
                .actionIds(List.of("kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey*", "kms:ReEncrypt*"))
                .addResource("*")
                .addConditions(IamConditionOperator.ARN_NOT_EQUALS, "aws:PrincipalArn", users)
                .build();
    }

    private List<String> sealers() {
        List<String> sealers = new ArrayList<>(project.applications());
        sealers.add(platform.controlPlane());
        return sealers;
    }

    private static IamStatement.Builder use(String sid, List<String> principals, List<String> actions) {
        return IamStatement.builder()
                .sid(sid)
                .effect(IamEffect.ALLOW)
                .addPrincipals("AWS", principals)
                .actionIds(actions)
                .addResource("*");
    }

    private IamStatement items(String sid, List<String> actions) {
        return IamStatement.builder()
                .sid(sid)
                .effect(IamEffect.ALLOW)
                .actionIds(actions)
                .addResource(
                        platform.arn("dynamodb", "table/" + platform.settings().table()))
                .addCondition("ForAllValues:StringLike", "dynamodb:LeadingKeys", names.items() + "*")
                .build();
    }

    private IamStatement onCluster(String sid, List<String> actions, List<String> resources) {
        return allow(sid, actions, resources).toBuilder()
                .addCondition(
                        IamConditionOperator.ARN_EQUALS,
                        "ecs:cluster",
                        platform.arn("ecs", "cluster/" + platform.settings().cluster()))
                .build();
    }

    private List<String> objects() {
        return List.of(
                platform.bucketArn("/" + names.objects() + "*"),
                platform.bucketArn("/" + names.controlObjects() + "*"));
    }

    private List<String> functions() {
        List<String> functions = new ArrayList<>();
        for (String name : List.of(
                platform.functions().prepare(),
                platform.functions().store(),
                platform.functions().route())) {
            functions.add(platform.functionArn(name));
        }
        return functions;
    }

    private List<String> containers(String service, String kind) {
        return List.of(platform.arn(service, kind + "/" + prefix() + "*"));
    }

    private List<String> jobs() {
        List<String> jobs = new ArrayList<>(containers("batch", "job-definition"));
        jobs.add(platform.arn("batch", "job-queue/" + platform.settings().onDemandQueue()));
        jobs.add(platform.arn("batch", "job-queue/" + platform.settings().spotQueue()));
        return jobs;
    }

    private String prefix() {
        return platform.settings().prefix() + names.prefix() + "-";
    }

    private String machines() {
        return "stateMachine:" + prefix() + "*";
    }

    private String executions() {
        return "execution:" + prefix() + "*";
    }
}
