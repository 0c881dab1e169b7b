package io.crois.platform.internal;

import java.util.List;
import java.util.Map;

/** What brings events to the status function, and what catches those that it could not take. */
public final class EventsSection {
    private static final int DAY_IN_SECONDS = 86_400;
    private static final int MOST_RETRIES = 185;
    private static final int LONGEST_RETENTION_IN_SECONDS = 1_209_600;
    private static final int VISIBILITY_IN_SECONDS = 3_600;

    private EventsSection() {}

    /** Adds the rules, the dead-letter queue, and the schedule of the reconciler. */
    public static void addTo(Template template) {
        template.resource(
                "DeadEvents",
                "AWS::SQS::Queue",
                Cfn.object(
                        "QueueName",
                        Cfn.sub("${Prefix}-dead-events"),
                        "MessageRetentionPeriod",
                        LONGEST_RETENTION_IN_SECONDS,
                        "VisibilityTimeout",
                        VISIBILITY_IN_SECONDS,
                        "SqsManagedSseEnabled",
                        true,
                        "Tags",
                        Cfn.tags("dead-events")));
        rule(
                template,
                "TaskEvents",
                "tasks",
                "aws.ecs",
                "ECS Task State Change",
                "clusterArn",
                List.of(Cfn.arn("Cluster")));
        rule(
                template,
                "JobEvents",
                "jobs",
                "aws.batch",
                "Batch Job State Change",
                "jobQueue",
                List.of(Cfn.ref("OnDemandQueue"), Cfn.ref("SpotQueue")));
        rule(
                template,
                "ExecutionEvents",
                "executions",
                "aws.states",
                "Step Functions Execution Status Change",
                "stateMachineArn",
                List.of(
                        Cfn.object(
                                "prefix",
                                Cfn.sub(
                                        "arn:${AWS::Partition}:states:${AWS::Region}:${AWS::AccountId}:stateMachine:${Prefix}-"))));
        template.resource(
                "DeadEventsPolicy",
                "AWS::SQS::QueuePolicy",
                Cfn.object(
                        "Queues",
                        List.of(Cfn.ref("DeadEvents")),
                        "PolicyDocument",
                        Statement.policy(List.of(Statement.allow("Rules", "sqs:SendMessage")
                                .principal(Cfn.object("Service", "events.amazonaws.com"))
                                .on(Cfn.arn("DeadEvents"))
                                .when(
                                        "ArnEquals",
                                        "aws:SourceArn",
                                        List.of(
                                                Cfn.arn("TaskEvents"),
                                                Cfn.arn("JobEvents"),
                                                Cfn.arn("ExecutionEvents")))))));
    }

    private static void rule(
            Template template,
            String id,
            String name,
            String source,
            String detailType,
            String member,
            List<Map<String, Object>> wanted) {
        template.resource(
                id,
                "AWS::Events::Rule",
                Cfn.object(
                        "Name",
                        Cfn.sub("${Prefix}-" + name),
                        "Description",
                        detailType + " events for the status function",
                        "EventPattern",
                        Cfn.object(
                                "source", List.of(source),
                                "detail-type", List.of(detailType),
                                "detail", Cfn.object(member, wanted)),
                        "Targets",
                        List.of(Cfn.object(
                                "Id", "status",
                                "Arn", Cfn.arn("StatusFunction"),
                                "RetryPolicy",
                                        Cfn.object(
                                                "MaximumEventAgeInSeconds", DAY_IN_SECONDS,
                                                "MaximumRetryAttempts", MOST_RETRIES),
                                "DeadLetterConfig", Cfn.object("Arn", Cfn.arn("DeadEvents"))))));
        template.resource(
                id + "Permission",
                "AWS::Lambda::Permission",
                Cfn.object(
                        "FunctionName",
                        Cfn.arn("StatusFunction"),
                        "Action",
                        "lambda:InvokeFunction",
                        "Principal",
                        "events.amazonaws.com",
                        "SourceArn",
                        Cfn.arn(id)));
    }
}
