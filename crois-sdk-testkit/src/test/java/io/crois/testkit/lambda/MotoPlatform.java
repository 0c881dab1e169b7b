package io.crois.testkit.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import io.crois.contract.DeployedStep;
import io.crois.contract.ExecutionItem;
import io.crois.contract.ItemKey;
import io.crois.contract.Json;
import io.crois.contract.Machine;
import io.crois.contract.OrderLocation;
import io.crois.contract.PlatformSettings;
import io.crois.contract.ResourceRule;
import io.crois.contract.Run;
import io.crois.contract.StepItem;
import io.crois.contract.StepSpec;
import io.crois.contract.Value;
import io.crois.table.CroisTable;
import io.crois.testkit.moto.MotoServer;
import io.crois.workflow.Backend;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;

/** Table, bucket and queue on moto, with one execution of one deployed step. */
final class MotoPlatform {
    static final Run RUN = Run.of("demo", "run-1");
    static final String STEP = "train";
    static final String WORKFLOW = "building";
    static final String TASK = "arn:aws:ecs:us-east-1:123456789012:task/crois/0f1e2d3c4b5a";

    private final MotoServer moto;
    private final SqsClient sqs;
    final CroisTable table;
    final String deadEvents;
    final String spec;

    MotoPlatform() throws IOException {
        moto = MotoServer.emptied();
        DynamoDbClient dynamoDb = moto.client(DynamoDbClient.builder());
        S3Client s3 = moto.client(S3Client.builder().forcePathStyle(true));
        sqs = moto.client(SqsClient.builder());
        dynamoDb.createTable(create -> create.tableName("crois")
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(attribute("pk"), attribute("sk"))
                .keySchema(key("pk", "HASH"), key("sk", "RANGE")));
        s3.createBucket(create -> create.bucket("crois"));
        deadEvents =
                sqs.createQueue(create -> create.queueName("crois-dead-events")).queueUrl();
        table = CroisTable.create(dynamoDb, s3, PlatformSettings.defaults(), Clock.systemUTC());
        spec = seed();
    }

    private String seed() {
        StepSpec step = new StepSpec(
                STEP,
                List.of(),
                "crafto/train:3",
                List.of(Value.text("train")),
                Map.of(),
                null,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                ResourceRule.fixed(new Machine(1, 2048, 0, 0)),
                Backend.FARGATE,
                false,
                false,
                List.of(),
                3600,
                3600);
        String family = "arn:aws:ecs:us-east-1:123456789012:task-definition/crois-train:1";
        table.put(ItemKey.spec(RUN.project(), WORKFLOW, step.digest()), new DeployedStep(step, family, null));
        ExecutionItem execution = ExecutionItem.submitted(
                RUN.project(),
                RUN.execution(),
                WORKFLOW,
                Map.of(),
                "arn:aws:states:us-east-1:123456789012:stateMachine:crois-building",
                "arn:aws:states:us-east-1:123456789012:execution:crois-building:run-1",
                Instant.now().minus(Duration.ofMinutes(10)));
        table.note(execution, Instant.now());
        return step.digest();
    }

    /** Starts a function that works here. */
    LambdaProcess function(Path jar, String name) {
        return function(jar, name, moto.endpoint());
    }

    /** Starts a function that finds AWS elsewhere. */
    LambdaProcess function(Path jar, String name, URI endpoint) {
        Map<String, String> environment = new HashMap<>(Map.of(
                "AWS_ENDPOINT_URL", endpoint.toString(),
                "CROIS_TABLE", "crois",
                "CROIS_BUCKET", "crois",
                "CROIS_SUBNETS", "subnet-1",
                "CROIS_SECURITY_GROUPS", "sg-1"));
        if (name.equals("ReconcileFunction")) {
            environment.put("CROIS_DEAD_EVENTS", deadEvents);
        }
        return LambdaProcess.of(jar, name, environment);
    }

    /** Does what Lambda does with an event whose handler has died for the last time. */
    void leaveDead(JsonNode event) {
        sqs.sendMessage(send -> send.queueUrl(deadEvents).messageBody(Json.write(event)));
    }

    /** Returns how many events lie in the dead-letter queue, also those that somebody holds. */
    int deadEvents() {
        return sqs
                .getQueueAttributes(get -> get.queueUrl(deadEvents).attributeNamesWithStrings("All"))
                .attributesAsStrings()
                .entrySet()
                .stream()
                .filter(entry -> entry.getKey().equals("ApproximateNumberOfMessages")
                        || entry.getKey().equals("ApproximateNumberOfMessagesNotVisible"))
                .mapToInt(entry -> Integer.parseInt(entry.getValue()))
                .sum();
    }

    StepItem step() {
        return table.read(ItemKey.step(RUN, STEP), StepItem.class).orElseThrow();
    }

    /** Returns a request of a state machine about the first attempt. */
    Map<String, Object> request(Map<String, ?> others) {
        Map<String, Object> request = new HashMap<>(
                Map.<String, Object>of("run", RUN, "workflow", WORKFLOW, "step", STEP, "spec", spec, "attempt", 1));
        request.putAll(others);
        return request;
    }

    /** Returns the event that tells of the first attempt's task. */
    static JsonNode taskEvent(String status) {
        String order = new OrderLocation("crois", ItemKey.order(RUN, STEP, 1)).text();
        Map<String, Object> variable = Map.of("name", "CROIS_ORDER", "value", order);
        Map<String, Object> detail = new HashMap<>(Map.<String, Object>of(
                "taskArn",
                TASK,
                "clusterArn",
                "arn:aws:ecs:us-east-1:123456789012:cluster/crois",
                "lastStatus",
                status,
                "containers",
                List.of(Map.of("name", "main")),
                "overrides",
                Map.of("containerOverrides", List.of(Map.of("name", "main", "environment", List.of(variable))))));
        detail.put("startedAt", "2026-01-31T12:00:05Z");
        if (status.equals("STOPPED")) {
            detail.put("stoppedAt", "2026-01-31T12:01:05Z");
            detail.put("containers", List.of(Map.<String, Object>of("name", "main", "exitCode", 0)));
        }
        return Json.tree(Map.<String, Object>of(
                "id",
                UUID.nameUUIDFromBytes(status.getBytes()).toString(),
                "source",
                "aws.ecs",
                "detail-type",
                "ECS Task State Change",
                "time",
                "2026-01-31T12:01:06Z",
                "detail",
                detail));
    }

    private static AttributeDefinition attribute(String name) {
        return AttributeDefinition.builder()
                .attributeName(name)
                .attributeType("S")
                .build();
    }

    private static KeySchemaElement key(String name, String type) {
        return KeySchemaElement.builder().attributeName(name).keyType(type).build();
    }
}
