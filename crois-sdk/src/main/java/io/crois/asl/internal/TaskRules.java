package io.crois.asl.internal;

import io.crois.asl.MachineType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a Task state calls, and with what. */
final class TaskRules {
    private static final Pattern ACTIVITY = Pattern.compile("arn:[^:]+:states:[^:]+:\\d+:activity:.+");
    private static final Pattern INTEGRATION =
            Pattern.compile("arn:[^:]+:states:[^:]*:[^:]*:([a-z][a-z0-9-]*):([A-Za-z0-9:]+?)(\\.[A-Za-z]+(?::2)?)?");

    /** Services of which every integrated call is known. */
    private static final Map<String, Set<String>> CALLS = Map.of(
            "dynamodb", Set.of("getItem", "putItem", "updateItem", "deleteItem"),
            "lambda", Set.of("invoke"),
            "sns", Set.of("publish"),
            "sqs", Set.of("sendMessage"),
            "events", Set.of("putEvents"),
            "states", Set.of("startExecution"),
            "batch", Set.of("submitJob"),
            "ecs", Set.of("runTask"));

    private static final Set<String> WITHOUT_SYNC =
            Set.of("lambda", "sns", "sqs", "dynamodb", "events", "apigateway", "aws-sdk", "http", "bedrock-agentcore");
    private static final Set<String> WITHOUT_TOKEN = Set.of(
            "athena",
            "batch",
            "codebuild",
            "elasticmapreduce",
            "emr-containers",
            "emr-serverless",
            "glue",
            "databrew",
            "mediaconvert",
            "sagemaker",
            "dynamodb",
            "bedrock-agentcore");

    private static final Map<String, List<String>> NEEDED = Map.ofEntries(
            Map.entry("lambda:invoke", List.of("FunctionName")),
            Map.entry("sqs:sendMessage", List.of("QueueUrl", "MessageBody")),
            Map.entry("sns:publish", List.of("Message")),
            Map.entry("dynamodb:putItem", List.of("TableName", "Item")),
            Map.entry("dynamodb:getItem", List.of("TableName", "Key")),
            Map.entry("states:startExecution", List.of("StateMachineArn")),
            Map.entry("events:putEvents", List.of("Entries")),
            Map.entry("ecs:runTask", List.of("TaskDefinition")),
            Map.entry("glue:startJobRun", List.of("JobName")));

    /** What the service sets itself when it waits for a task's end. */
    private static final Map<String, List<String>> UNSUPPORTED =
            Map.of("ecs:runTask.sync", List.of("Count", "StartedBy"));

    private TaskRules() {}

    static void check(Part task, MachineType type) {
        Part resource = task.at("Resource");
        if (!resource.node().isTextual()) {
            return;
        }
        String arn = resource.node().textValue();
        if (!arn.startsWith("arn:")) {
            resource.report("Value is not a valid resource ARN");
            return;
        }
        if (type == MachineType.EXPRESS) {
            checkExpress(resource, arn);
        }
        if (task.has("Credentials")) {
            checkCredentials(task.at("Credentials"), arn);
        }
        Matcher parts = INTEGRATION.matcher(arn);
        if (parts.matches()) {
            checkCall(resource, parts);
            checkArguments(task, parts);
        }
        checkHeartbeat(task);
    }

    private static void checkExpress(Part resource, String arn) {
        if (ACTIVITY.matcher(arn).matches()) {
            resource.report("Express state machine does not support Activity ARN");
        } else if (arn.endsWith(".waitForTaskToken")) {
            resource.report("Express state machine does not support '.waitForTaskToken' service integration ");
        } else if (arn.endsWith(".sync") || arn.endsWith(".sync:2")) {
            resource.report("Express state machine does not support '.sync' service integration");
        }
    }

    private static void checkCredentials(Part credentials, String arn) {
        if (ACTIVITY.matcher(arn).matches()) {
            credentials.report("The field 'Credentials' is not supported for activities");
        } else if (credentials.requireObject()) {
            if (!credentials.has("RoleArn") && !credentials.has("RoleArn.$")) {
                credentials.report("The field 'RoleArn' is required but was missing");
            }
            Payloads.check(credentials);
        }
    }

    private static void checkCall(Part resource, Matcher parts) {
        String service = parts.group(1);
        String pattern = Optional.ofNullable(parts.group(3)).orElse("");
        boolean known = !CALLS.containsKey(service)
                || CALLS.getOrDefault(service, Set.of()).contains(parts.group(2));
        boolean offered = switch (pattern) {
            case "" -> true;
            case ".sync" -> !WITHOUT_SYNC.contains(service);
            case ".sync:2" -> service.equals("states");
            case ".waitForTaskToken" -> !WITHOUT_TOKEN.contains(service);
            default -> false;
        };
        if (!known || !offered) {
            resource.report("The resource provided " + resource.node().textValue()
                    + " is not recognized. The value is not a valid resource ARN, or the resource is not available in"
                    + " this region.");
        }
    }

    private static void checkArguments(Part task, Matcher parts) {
        String field = task.isJsonata() ? "Arguments" : "Parameters";
        String call = parts.group(1) + ":" + parts.group(2);
        List<String> needed = NEEDED.getOrDefault(call, List.of());
        Part arguments = task.at(field);
        if (!task.has(field)) {
            if (!CALLS.containsKey(parts.group(1))) {
                return;
            }
            task.at("Resource")
                    .report(field + " field is required for resource ARN: "
                            + task.at("Resource").node().textValue());
        } else if (arguments.node().isObject()) {
            needed.stream()
                    .filter(name -> !arguments.has(name) && (task.isJsonata() || !arguments.has(name + ".$")))
                    .forEach(name -> arguments.report("The field '" + name + "' is required but was missing"));
            UNSUPPORTED.getOrDefault(call + Optional.ofNullable(parts.group(3)).orElse(""), List.of()).stream()
                    .filter(name -> arguments.has(name) || !task.isJsonata() && arguments.has(name + ".$"))
                    .forEach(name -> arguments.report("The field '" + name + "' is not supported by Step Functions"));
        }
    }

    private static void checkHeartbeat(Part task) {
        if (task.node().path("TimeoutSeconds").isNumber()
                && task.node().path("HeartbeatSeconds").isNumber()
                && task.node().path("HeartbeatSeconds").asLong()
                        >= task.node().path("TimeoutSeconds").asLong()) {
            task.at("HeartbeatSeconds").report("'HeartbeatSeconds' must be smaller than 'TimeoutSeconds'");
        }
    }
}
