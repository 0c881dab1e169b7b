package io.crois.testkit.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.crois.platform.PlatformCode;
import io.crois.platform.PlatformTemplate;
import io.crois.testkit.aws.InMemoryAws;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * The platform's template in an account in memory, as CloudFormation would make it, conditional resources included:
 * roles, storage, queues, functions without code, who may call them, rules and schedules.
 */
final class InstalledTemplate {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String ID = IsolationAccount.ID;

    private final InMemoryAws aws;
    private final JsonNode resources;
    private final Map<String, Consumer<JsonNode>> makers = new LinkedHashMap<>();
    private int permissions;

    private InstalledTemplate(InMemoryAws aws) {
        this.aws = aws;
        this.resources = resolved();
        makers.put("AWS::IAM::Role", this::role);
        makers.put("AWS::S3::Bucket", bucket -> aws.s3().createBucket(create -> create.bucket("crois")));
        makers.put("AWS::S3::BucketPolicy", this::bucketPolicy);
        makers.put("AWS::DynamoDB::Table", this::table);
        makers.put(
                "AWS::ECS::Cluster",
                cluster -> aws.ecs().createCluster(create -> create.clusterName(text(cluster, "ClusterName"))));
        makers.put(
                "AWS::Batch::JobQueue",
                queue -> aws.batch()
                        .createJobQueue(create -> create.jobQueueName(text(queue, "JobQueueName"))
                                .priority(1)
                                .computeEnvironmentOrder(List.of())));
        makers.put(
                "AWS::SQS::Queue",
                queue -> aws.sqs().createQueue(create -> create.queueName(text(queue, "QueueName"))));
        makers.put("AWS::SQS::QueuePolicy", this::queuePolicy);
        makers.put("AWS::Lambda::Function", this::function);
        makers.put("AWS::Lambda::Permission", this::permission);
        makers.put("AWS::Events::Rule", this::rule);
        makers.put("AWS::Scheduler::Schedule", this::schedule);
    }

    /** Returns the template's resources with values for what is left to CloudFormation. */
    static JsonNode resolved() {
        String template = PlatformTemplate.of(new PlatformCode("code", "functions.jar", "agent.tar.gz", "0".repeat(64)))
                .toJson();
        try {
            return new TemplateValues(MAPPER.readTree(template)).resources();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes everything of the template that there is in memory. */
    static InstalledTemplate in(InMemoryAws aws) {
        InstalledTemplate template = new InstalledTemplate(aws);
        template.makers.forEach((type, maker) -> template.ofType(type).values().forEach(maker));
        return template;
    }

    /** Returns the properties of the resources of a type, by their ids. */
    Map<String, JsonNode> ofType(String type) {
        Map<String, JsonNode> found = new LinkedHashMap<>();
        resources.properties().forEach(resource -> {
            if (text(resource.getValue(), "Type").equals(type)) {
                found.put(resource.getKey(), resource.getValue().path("Properties"));
            }
        });
        return found;
    }

    /** Returns the ARNs of the roles, by their names. */
    Map<String, String> roles() {
        Map<String, String> roles = new LinkedHashMap<>();
        ofType("AWS::IAM::Role")
                .values()
                .forEach(role -> roles.put(text(role, "RoleName"), TemplateValues.roleArn(role)));
        return roles;
    }

    /** Returns the ARNs of the rules that send events. */
    List<String> rules() {
        return ofType("AWS::Events::Rule").values().stream()
                .map(rule -> TemplateValues.arn("events", "rule/" + text(rule, "Name")))
                .toList();
    }

    /** Returns the names of the functions. */
    List<String> functions() {
        return ofType("AWS::Lambda::Function").values().stream()
                .map(function -> text(function, "FunctionName"))
                .toList();
    }

    /** Returns the names of the groups of logs. */
    List<String> logGroups() {
        return ofType("AWS::Logs::LogGroup").values().stream()
                .map(group -> text(group, "LogGroupName"))
                .toList();
    }

    private void role(JsonNode role) {
        String name = text(role, "RoleName");
        aws.iam()
                .createRole(create -> create.roleName(name)
                        .path(text(role, "Path"))
                        .assumeRolePolicyDocument(
                                role.path("AssumeRolePolicyDocument").toString()));
        role.path("Policies")
                .forEach(policy -> aws.iam()
                        .putRolePolicy(put -> put.roleName(name)
                                .policyName(text(policy, "PolicyName"))
                                .policyDocument(policy.path("PolicyDocument").toString())));
        role.path("ManagedPolicyArns")
                .forEach(arn -> aws.iam()
                        .attachRolePolicy(attach -> attach.roleName(name).policyArn(arn.asText())));
    }

    private void bucketPolicy(JsonNode policy) {
        aws.s3()
                .putBucketPolicy(put -> put.bucket(text(policy, "Bucket"))
                        .policy(policy.path("PolicyDocument").toString()));
    }

    private void table(JsonNode table) {
        aws.dynamoDb()
                .createTable(create -> create.tableName(text(table, "TableName"))
                        .billingMode("PAY_PER_REQUEST")
                        .attributeDefinitions(
                                pk -> pk.attributeName("pk").attributeType("S"),
                                sk -> sk.attributeName("sk").attributeType("S"))
                        .keySchema(
                                pk -> pk.attributeName("pk").keyType("HASH"),
                                sk -> sk.attributeName("sk").keyType("RANGE")));
    }

    private void queuePolicy(JsonNode policy) {
        policy.path("Queues")
                .forEach(url -> aws.sqs()
                        .setQueueAttributes(set -> set.queueUrl(url.asText())
                                .attributes(Map.of(
                                        QueueAttributeName.POLICY,
                                        policy.path("PolicyDocument").toString()))));
    }

    private void function(JsonNode function) {
        aws.lambda()
                .createFunction(create -> create.functionName(text(function, "FunctionName"))
                        .role(text(function, "Role"))
                        .runtime(text(function, "Runtime"))
                        .handler(text(function, "Handler"))
                        .timeout(function.path("Timeout").asInt())
                        .code(code -> code.s3Bucket(text(function.path("Code"), "S3Bucket"))
                                .s3Key(text(function.path("Code"), "S3Key"))));
    }

    private void permission(JsonNode permission) {
        String id = "template-" + ++permissions;
        aws.lambda()
                .addPermission(add -> add.functionName(text(permission, "FunctionName"))
                        .statementId(id)
                        .action(text(permission, "Action"))
                        .principal(text(permission, "Principal"))
                        .sourceArn(text(permission, "SourceArn")));
    }

    private void rule(JsonNode rule) {
        String name = text(rule, "Name");
        aws.eventBridge()
                .putRule(put ->
                        put.name(name).eventPattern(rule.path("EventPattern").toString()));
        rule.path("Targets")
                .forEach(target -> aws.eventBridge()
                        .putTargets(put -> put.rule(name)
                                .targets(to -> to.id(text(target, "Id")).arn(text(target, "Arn")))));
    }

    private void schedule(JsonNode schedule) {
        JsonNode target = schedule.path("Target");
        aws.scheduler()
                .createSchedule(create -> create.name(text(schedule, "Name"))
                        .scheduleExpression(text(schedule, "ScheduleExpression"))
                        .flexibleTimeWindow(window -> window.mode("OFF"))
                        .target(to -> to.arn(text(target, "Arn"))
                                .roleArn(text(target, "RoleArn"))
                                .input(text(target, "Input"))));
    }

    /** Returns every statement of every policy of the template, each with where it stands. */
    Map<String, JsonNode> statements() {
        Map<String, JsonNode> statements = new LinkedHashMap<>();
        Statements.collect("template", resources, statements);
        ofType("AWS::Lambda::Permission")
                .forEach((id, permission) -> statements.put("template/" + id, Statements.ofPermission(permission)));
        return statements;
    }

    private static String text(JsonNode json, String member) {
        return json.path(member).asText();
    }

    /** Returns the kinds of resources that were made; the others hold nothing that decides. */
    List<String> made() {
        return new ArrayList<>(makers.keySet());
    }
}
