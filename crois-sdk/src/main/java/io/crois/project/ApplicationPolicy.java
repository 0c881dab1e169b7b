package io.crois.project;

import static io.crois.project.PolicyStatements.allow;
import static io.crois.project.PolicyStatements.pass;

import io.crois.contract.ProjectNames;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.policybuilder.iam.IamConditionOperator;
import software.amazon.awssdk.policybuilder.iam.IamEffect;
import software.amazon.awssdk.policybuilder.iam.IamPolicy;
import software.amazon.awssdk.policybuilder.iam.IamStatement;

/** What the applications may do that a project admits. */
final class ApplicationPolicy {
    private final ProjectPlatform platform;
    private final ProjectNames names;
    private final ProjectResources resources;

    ApplicationPolicy(ProjectPlatform platform, ProjectNames names) {
        this.platform = platform;
        this.names = names;
        this.resources = new ProjectResources(platform, names);
    }

    /** Returns what an application that the project admits may do: deploy, submit, and read what came out. */
    IamPolicy toPolicy() {
        List<IamStatement> statements = new ArrayList<>();
        statements.add(resources.items(
                "Items",
                List.of(
                        "dynamodb:BatchGetItem",
                        "dynamodb:BatchWriteItem",
                        "dynamodb:DeleteItem",
                        "dynamodb:GetItem",
                        "dynamodb:PutItem",
                        "dynamodb:Query")));
        statements.add(allow("ReadObjects", List.of("s3:GetObject"), resources.objects()));
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
                List.of(resources.machines())));
        statements.add(allow(
                "Executions",
                List.of(
                        "states:DescribeExecution",
                        "states:GetExecutionHistory",
                        "states:RedriveExecution",
                        "states:StopExecution"),
                List.of(resources.executions())));
        statements.add(allow(
                "Find",
                List.of(
                        "batch:DescribeJobDefinitions",
                        "ecs:DescribeTaskDefinition",
                        "ecs:ListTaskDefinitions",
                        "states:ListStateMachines"),
                List.of("*")));
        List<String> containers = new ArrayList<>(resources.containers("ecs", "task-definition"));
        containers.addAll(resources.containers("batch", "job-definition"));
        statements.add(
                allow("Containers", List.of("batch:RegisterJobDefinition", "ecs:RegisterTaskDefinition"), containers));
        statements.add(pass("PassToTasks", List.of(resources.taskRole(), platform.executionRole()), "ecs-tasks"));
        statements.add(pass("PassToFlow", List.of(resources.flowRole()), "states"));
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
}
