package io.crois.testkit.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crois.contract.ExecutionItem;
import io.crois.contract.ItemKey;
import io.crois.contract.Json;
import io.crois.contract.OrderLocation;
import io.crois.contract.PlatformSettings;
import io.crois.contract.Run;
import io.crois.contract.StepItem;
import io.crois.table.CroisTable;
import io.crois.testkit.moto.MotoServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
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
    private static final JsonNode FIRST = first();
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

    /** Puts the execution and its deployed step where they belong, and returns the name of the step's spec. */
    private String seed() {
        JsonNode spec = FIRST.at("/items/spec");
        ItemKey key = new ItemKey(spec.path("pk").asText(), spec.path("sk").asText());
        table.put(key, spec.path("body"));
        table.note(Json.read(FIRST.at("/items/execution/body"), ExecutionItem.class), Instant.now());
        return FIRST.at("/events/Prepare/spec").asText();
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

    /** Returns where the services are. */
    URI endpoint() {
        return moto.endpoint();
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
        ObjectNode event = FIRST.at("/events/Status").deepCopy();
        event.put("id", UUID.nameUUIDFromBytes(status.getBytes()).toString());
        ObjectNode detail = (ObjectNode) event.path("detail");
        detail.put("lastStatus", status);
        ObjectNode order = (ObjectNode) detail.at("/overrides/containerOverrides/0/environment/0");
        order.put("value", new OrderLocation("crois", ItemKey.order(RUN, STEP, 1)).text());
        if (status.equals("STOPPED")) {
            detail.put("stoppedAt", "2026-01-31T12:01:05Z");
            ((ObjectNode) detail.at("/containers/0")).put("exitCode", 0);
        }
        return event;
    }

    /** The items and events that the benchmark of the functions' starts uses as well. */
    private static JsonNode first() {
        try (InputStream text = MotoPlatform.class.getResourceAsStream("/functions/first-events.json")) {
            return Json.mapper().readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
