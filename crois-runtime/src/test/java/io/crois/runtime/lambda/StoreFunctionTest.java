package io.crois.runtime.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;

import com.amazonaws.services.dynamodbv2.local.embedded.DynamoDBEmbedded;
import com.amazonaws.services.dynamodbv2.local.shared.access.AmazonDynamoDBLocal;
import com.amazonaws.services.lambda.runtime.Context;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import io.crois.contract.ArtifactProduct;
import io.crois.contract.DeployedStep;
import io.crois.contract.FeedEvent;
import io.crois.contract.ItemKey;
import io.crois.contract.Json;
import io.crois.contract.Machine;
import io.crois.contract.PlatformSettings;
import io.crois.contract.ResourceRule;
import io.crois.contract.ResultProduct;
import io.crois.contract.Run;
import io.crois.contract.StepItem;
import io.crois.contract.StepSpec;
import io.crois.contract.StepStatus;
import io.crois.contract.StoreRequest;
import io.crois.contract.StoredArtifact;
import io.crois.contract.TaskReport;
import io.crois.contract.Value;
import io.crois.table.CroisTable;
import io.crois.table.Feed;
import io.crois.workflow.ArtifactKind;
import io.crois.workflow.Backend;
import io.crois.workflow.ValueType;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.s3.S3Client;

final class StoreFunctionTest {
    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");
    private static final Run RUN = Run.of("demo", "run-1").iteration("tune", 3);
    private static final StoredArtifact MODEL =
            new StoredArtifact("model", ArtifactKind.FILE, "crois", "demo/model", 3, 1, "ab", false);

    private AmazonDynamoDBLocal server;
    private CroisTable table;
    private StoreFunction function;
    private StoreRequest request;

    @BeforeEach
    void start() {
        server = DynamoDBEmbedded.create(true);
        DynamoDbClient client = server.dynamoDbClient();
        client.createTable(create -> create.tableName("crois")
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(attribute("pk"), attribute("sk"))
                .keySchema(key("pk", "HASH"), key("sk", "RANGE")));
        Clock clock = Clock.fixed(NOON, ZoneOffset.UTC);
        table = CroisTable.create(client, mock(S3Client.class), PlatformSettings.defaults(), clock);
        function = new StoreFunction(table, clock);
        StepSpec spec = spec();
        table.put(ItemKey.spec("demo", "model-building", spec.digest()), new DeployedStep(spec, "arn", null));
        request = new StoreRequest(RUN, "model-building", "train", spec.digest(), "ORDER#tune[3]/train#1", 1, null);
    }

    @AfterEach
    void stop() {
        server.shutdown();
    }

    @Test
    void results_and_artifacts_are_published_in_the_scope_of_the_iteration_and_the_step_succeeds() throws IOException {
        report(List.of(MODEL), Map.of("auc", DoubleNode.valueOf(0.9)));
        ByteArrayOutputStream answer = new ByteArrayOutputStream();

        function.handleRequest(
                new ByteArrayInputStream(Json.write(request).getBytes(UTF_8)), answer, mock(Context.class));

        assertThat(answer.toString(UTF_8))
                .isEqualTo("{\"run\":{\"execution\":\"run-1\",\"project\":\"demo\",\"scope\":\"tune[3]/\"}}");
        assertThat(table.read(ItemKey.result(RUN, "tune[3]/", "auc"), JsonNode.class))
                .hasValueSatisfying(value -> assertThat(value.asDouble()).isEqualTo(0.9));
        assertThat(table.read(ItemKey.artifact(RUN, "tune[3]/", "model"), StoredArtifact.class))
                .contains(MODEL);
        assertThat(table.read(ItemKey.step(RUN, "train"), StepItem.class))
                .hasValueSatisfying(step -> assertThat(step.status()).isEqualTo(StepStatus.SUCCEEDED));
        assertThat(events())
                .containsExactly(
                        FeedEvent.Type.STEP_QUEUED,
                        FeedEvent.Type.STEP_STARTED,
                        FeedEvent.Type.ARTIFACT_PUBLISHED,
                        FeedEvent.Type.STEP_SUCCEEDED);
    }

    @Test
    void repeated_and_concurrent_invocations_change_nothing() throws Exception {
        report(List.of(MODEL), Map.of("auc", DoubleNode.valueOf(0.9)));
        ExecutorService threads = Executors.newFixedThreadPool(4);

        List<Callable<Map<String, Run>>> calls = IntStream.range(0, 12)
                .mapToObj(call -> (Callable<Map<String, Run>>) () -> function.store(request))
                .toList();
        for (Future<Map<String, Run>> call : threads.invokeAll(calls)) {
            assertThat(call.get()).isEqualTo(Map.of("run", RUN));
        }
        threads.shutdown();

        assertThat(events())
                .containsExactly(
                        FeedEvent.Type.STEP_QUEUED,
                        FeedEvent.Type.STEP_STARTED,
                        FeedEvent.Type.ARTIFACT_PUBLISHED,
                        FeedEvent.Type.STEP_SUCCEEDED);
    }

    @Test
    void a_late_store_does_not_undo_a_later_attempt() {
        report(List.of(MODEL), Map.of("auc", DoubleNode.valueOf(0.9)));
        StepItem second = new StepItem(
                RUN, "train", StepStatus.PREPARED, 2, Backend.BATCH, null, null, NOON, null, null, null, null);
        table.advance(second, List.of());

        function.store(request);

        assertThat(table.read(ItemKey.step(RUN, "train"), StepItem.class)).contains(second);
        assertThat(events()).isEmpty();
    }

    @Test
    void what_is_declared_but_not_reported_fails_the_store_and_publishes_nothing() {
        StoredArtifact half = new StoredArtifact("model", ArtifactKind.FILE, "crois", "demo/model", 3, 1, "ab", true);
        report(List.of(half), Map.of());

        assertThatThrownBy(() -> function.store(request))
                .isInstanceOf(MissingOutput.class)
                .hasMessage("Step `train` declares artifact `model`, result `auc`, but its report does not have them.");
        assertThat(table.read(ItemKey.artifact(RUN, "tune[3]/", "model"), StoredArtifact.class))
                .isEmpty();
        assertThat(events()).isEmpty();
    }

    @Test
    void a_missing_report_is_told_apart() {
        assertThatThrownBy(() -> function.store(request))
                .isInstanceOf(ReportMissing.class)
                .hasMessage("Step `train` attempt 1 ended, but its agent left no report.");
    }

    @Test
    void a_spec_that_is_not_deployed_is_named() {
        report(List.of(MODEL), Map.of("auc", DoubleNode.valueOf(0.9)));
        StoreRequest unknown = new StoreRequest(RUN, "model-building", "train", "0123", "o", 1, null);

        assertThatThrownBy(() -> function.store(unknown))
                .isInstanceOf(SpecMissing.class)
                .hasMessage("Workflow `model-building` of project `demo` has no spec `0123` of step `train`; deploy it"
                        + " again.");
    }

    private List<FeedEvent.Type> events() {
        return Feed.since(table, "demo", NOON).poll(NOON.plusSeconds(1)).stream()
                .map(FeedEvent::type)
                .toList();
    }

    private void report(List<StoredArtifact> outputs, Map<String, JsonNode> results) {
        table.put(
                ItemKey.report(RUN, "train", 1),
                new TaskReport(RUN, "train", 1, 0, null, outputs, results, Map.of(), 0, 3, 0, 0));
    }

    private static StepSpec spec() {
        return new StepSpec(
                "train",
                List.of("tune"),
                "crafto/train:3",
                List.of(Value.text("train")),
                Map.of(),
                null,
                List.of(),
                List.of(
                        new ArtifactProduct("model", ArtifactKind.FILE, false),
                        new ArtifactProduct("log", ArtifactKind.FILE, true)),
                List.of(new ResultProduct("auc", ValueType.NUMBER)),
                List.of(),
                List.of(),
                ResourceRule.fixed(new Machine(1, 2048, 0, 0)),
                Backend.FARGATE,
                false,
                false,
                List.of(),
                3600,
                3600);
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
