package io.crois.platform.internal;

import java.util.List;
import java.util.Locale;

/**
 * A function of the platform: what it is called, how long it may run, and what it may do.
 *
 * @param id the beginning of its resources' ids, {@code Prepare}
 * @param handler the class, in {@code io.crois.runtime.lambda}
 * @param seconds its time-out
 * @param memory in MiB; the CPU grows with it
 * @param statements what its role may do besides writing its log
 */
record PlatformFunction(String id, String handler, int seconds, int memory, List<Statement> statements) {
    private static final String RUNTIME_PACKAGE = "io.crois.runtime.lambda.";

    static List<PlatformFunction> all() {
        return List.of(
                new PlatformFunction("Prepare", "PrepareFunction", 60, 1769, List.of(table(), overflow())),
                new PlatformFunction("Store", "StoreFunction", 60, 1769, List.of(table(), overflow())),
                new PlatformFunction(
                        "Route",
                        "RouteFunction",
                        60,
                        1769,
                        List.of(table(), overflow(), executions(), tasks(), jobs(), lists())),
                new PlatformFunction("Start", "StartFunction", 60, 1769, List.of(table(), overflow(), starts())),
                new PlatformFunction("Probe", "ProbeFunction", 60, 1769, List.of(table(), overflow(), probes())),
                new PlatformFunction("Status", "StatusFunction", 60, 1769, List.of(table(), overflow(), executions())),
                new PlatformFunction(
                        "Reconcile",
                        "ReconcileFunction",
                        600,
                        1769,
                        List.of(table(), overflow(), executions(), tasks(), jobs(), lists(), deadEvents())));
    }

    String name() {
        return "${Prefix}-" + id.toLowerCase(Locale.ROOT);
    }

    String qualifiedHandler() {
        return RUNTIME_PACKAGE + handler + "::handleRequest";
    }

    String role() {
        return id + "Role";
    }

    /** Whether steps wait for it: these are started and snapshotted before, as published versions behind an alias. */
    boolean published() {
        return id.equals("Prepare") || id.equals("Store") || id.equals("Route");
    }

    String logGroup() {
        return id + "Log";
    }

    /** Everything the functions know is in the table; they delete the marks of open executions, and never scan. */
    private static Statement table() {
        return Statement.allow(
                        "Table",
                        "dynamodb:GetItem",
                        "dynamodb:BatchGetItem",
                        "dynamodb:Query",
                        "dynamodb:PutItem",
                        "dynamodb:DeleteItem",
                        "dynamodb:BatchWriteItem",
                        "dynamodb:ConditionCheckItem")
                .on(Cfn.arn("Table"));
    }

    /** Bodies that are too large for an item; artifacts are out of reach. */
    private static Statement overflow() {
        return Statement.allow("Overflow", "s3:GetObject", "s3:PutObject").on(Cfn.sub("${Bucket.Arn}/_control/*"));
    }

    private static Statement executions() {
        return Statement.allow("Executions", "states:DescribeExecution")
                .on(Cfn.sub("arn:${AWS::Partition}:states:${AWS::Region}:${AWS::AccountId}:execution:${Prefix}-*:*"));
    }

    private static Statement starts() {
        return Statement.allow("Starts", "states:StartExecution")
                .on(Cfn.sub("arn:${AWS::Partition}:states:${AWS::Region}:${AWS::AccountId}:stateMachine:${Prefix}-*"));
    }

    /** The health probe starts its own workflows alone, in whichever project they are. */
    private static Statement probes() {
        return Statement.allow("Probes", "states:StartExecution")
                .on(
                        Cfn.sub(
                                "arn:${AWS::Partition}:states:${AWS::Region}:${AWS::AccountId}:stateMachine:${Prefix}-*-crois-probe-*"));
    }

    private static Statement tasks() {
        return Statement.allow("Tasks", "ecs:DescribeTasks")
                .on(Cfn.sub("arn:${AWS::Partition}:ecs:${AWS::Region}:${AWS::AccountId}:task/${Prefix}/*"));
    }

    /** DescribeJobs has no permissions on single jobs (service authorization reference of AWS Batch). */
    private static Statement jobs() {
        return Statement.allow("Jobs", "batch:DescribeJobs").on("*");
    }

    /**
     * Tasks and jobs are searched for where the events that name them were lost; lists have no permissions of their
     * own.
     */
    private static Statement lists() {
        return Statement.allow("Lists", "ecs:ListTasks", "batch:ListJobs").on("*");
    }

    private static Statement deadEvents() {
        return Statement.allow("DeadEvents", "sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes")
                .on(Cfn.arn("DeadEvents"));
    }
}
