package io.crois.runtime.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;

import com.amazonaws.services.dynamodbv2.local.embedded.DynamoDBEmbedded;
import com.amazonaws.services.dynamodbv2.local.shared.access.AmazonDynamoDBLocal;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import io.crois.contract.ArtifactProduct;
import io.crois.contract.ArtifactUse;
import io.crois.contract.DeployedStep;
import io.crois.contract.ExecutionItem;
import io.crois.contract.ExecutionStatus;
import io.crois.contract.FeedEvent;
import io.crois.contract.ForEachSpec;
import io.crois.contract.ItemKey;
import io.crois.contract.Json;
import io.crois.contract.Machine;
import io.crois.contract.OrderLocation;
import io.crois.contract.PlatformSettings;
import io.crois.contract.PrepareRequest;
import io.crois.contract.ResourceRule;
import io.crois.contract.Run;
import io.crois.contract.StepDecision;
import io.crois.contract.StepItem;
import io.crois.contract.StepSpec;
import io.crois.contract.StepStatus;
import io.crois.contract.StoredArtifact;
import io.crois.contract.SubmitTerms;
import io.crois.contract.TaskOrder;
import io.crois.contract.TaskReport;
import io.crois.contract.Value;
import io.crois.table.CroisTable;
import io.crois.table.Feed;
import io.crois.workflow.ArtifactKind;
import io.crois.workflow.Backend;
import io.crois.workflow.FailureClass;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mockito.AdditionalAnswers;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.s3.S3Client;

final class PrepareFunctionTest {
    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");
    private static final Run RUN = Run.of("demo", "run-1");
    private static final Machine SMALL = new Machine(1, 3000, 0, 0);
    private static final Machine LARGE = new Machine(48, 500_000, 0, 0);
    private static AmazonDynamoDBLocal server;

    private CroisTable table;
    private PrepareFunction prepare;

    @BeforeAll
    static void start() {
        server = DynamoDBEmbedded.create(true);
    }

    @AfterAll
    static void stop() {
        server.shutdown();
    }

    @BeforeEach
    void createTable() {
        DynamoDbClient dynamoDb = server.dynamoDbClient();
        dynamoDb.listTables().tableNames().forEach(name -> dynamoDb.deleteTable(request -> request.tableName(name)));
        dynamoDb.createTable(request -> request.tableName("crois")
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(text("pk"), text("sk"))
                .keySchema(key("pk", KeyType.HASH), key("sk", KeyType.RANGE)));
        Clock clock = Clock.fixed(NOON, ZoneOffset.UTC);
        table = CroisTable.create(dynamoDb, mock(S3Client.class), PlatformSettings.defaults(), clock);
        prepare = new PrepareFunction(table, PlatformSettings.defaults(), clock);
        Map<String, JsonNode> arguments = Map.of(
                "source",
                Json.parse("\"a.csv\""),
                "holdout",
                Json.parse("0.2"),
                "grid",
                Json.parse("[{\"eta\":0.1},{\"eta\":0.3}]"));
        table.put(
                ItemKey.execution(RUN),
                new ExecutionItem(
                        "demo",
                        "run-1",
                        "building",
                        ExecutionStatus.RUNNING,
                        0,
                        arguments,
                        null,
                        null,
                        NOON,
                        null,
                        null,
                        null,
                        null));
    }

    @Test
    void an_attempt_gets_an_order_with_every_value_resolved() {
        store("", "dataset.csv", 10);
        String digest = deploy(step(ResourceRule.fixed(SMALL), Backend.FARGATE, true));

        JsonNode prepared = prepare.handle(attempt(digest, RUN, 1));

        TaskOrder order =
                table.read(ItemKey.order(RUN, "split", 1), TaskOrder.class).orElseThrow();
        assertThat(prepared.path("order").textValue()).isEqualTo("ORDER#split#1");
        assertThat(order.command()).containsExactly("split", "--holdout", "0.2", "--from=a.csv");
        assertThat(order.environment()).containsExactly(Map.entry("SOURCE", "a.csv"));
        assertThat(order.parameters()).containsOnlyKeys("grid");
        assertThat(order.inputs()).extracting(TaskOrder.Input::artifact).containsExactly("dataset.csv");
        assertThat(order.outputs())
                .extracting(TaskOrder.Output::key)
                .containsExactly("demo/run-1/split/1/parts/", "demo/run-1/split/1/train.csv");
    }

    @Test
    void a_repeated_request_answers_the_same_and_tells_of_it_once() {
        store("", "dataset.csv", 10);
        String digest = deploy(step(ResourceRule.fixed(SMALL), Backend.FARGATE, true));

        JsonNode first = prepare.handle(attempt(digest, RUN, 1));
        JsonNode second = prepare.handle(attempt(digest, RUN, 1));

        assertThat(second).isEqualTo(first);
        assertThat(table.read(ItemKey.step(RUN, "split"), StepItem.class)
                        .orElseThrow()
                        .status())
                .isEqualTo(StepStatus.PREPARED);
        assertThat(Feed.since(table, "demo", NOON).poll(NOON))
                .extracting(FeedEvent::type)
                .containsExactly(FeedEvent.Type.STEP_PREPARED);
    }

    @Test
    void a_fargate_task_gets_a_size_that_is_offered_and_spot_until_it_was_taken_back() {
        store("", "dataset.csv", 10);
        String digest = deploy(step(ResourceRule.fixed(new Machine(1, 3000, 0, 50)), Backend.AUTO, true));

        JsonNode first = prepare.handle(attempt(digest, RUN, 1)).path("fargate");
        decided(StepDecision.Terms.FIRST.withoutSpot());
        JsonNode second = prepare.handle(attempt(digest, RUN, 2)).path("fargate");

        assertThat(first.at("/Overrides/Cpu").textValue()).isEqualTo("1024");
        assertThat(first.at("/Overrides/Memory").textValue()).isEqualTo("3072");
        assertThat(first.at("/Overrides/EphemeralStorage/SizeInGiB").intValue()).isEqualTo(50);
        assertThat(first.at("/Overrides/ContainerOverrides/0/Name").textValue()).isEqualTo("main");
        assertThat(first.at("/Overrides/ContainerOverrides/0/Environment/0/Value")
                        .textValue())
                .isEqualTo("crois/demo%23run-1/ORDER%23split%231");
        assertThat(first.at("/CapacityProviderStrategy/0/CapacityProvider").textValue())
                .isEqualTo("FARGATE_SPOT");
        assertThat(second.at("/CapacityProviderStrategy/0/CapacityProvider").textValue())
                .isEqualTo("FARGATE");
    }

    @Test
    void an_attempt_gets_the_memory_that_was_decided_as_far_as_its_back_end_goes() {
        store("", "dataset.csv", 10);
        String digest = deploy(step(ResourceRule.fixed(SMALL), Backend.FARGATE, false));

        decided(StepDecision.Terms.FIRST.grown(2, 0));
        JsonNode grown = prepare.handle(attempt(digest, RUN, 2)).path("fargate");
        decided(StepDecision.Terms.FIRST.grown(1_000, 0));
        JsonNode most = prepare.handle(attempt(digest, RUN, 2)).path("fargate");

        assertThat(grown.at("/Overrides/Memory").textValue()).isEqualTo("6144");
        assertThat(most.at("/Overrides/Memory").textValue()).isEqualTo("249856");
    }

    @Test
    void the_size_of_an_artifact_picks_the_machine_and_the_back_end() {
        var use = new ArtifactUse("dataset.csv", ArtifactKind.FILE, 0, null);
        ResourceRule rule = new ResourceRule(use, null, List.of(new ResourceRule.Tier(100, SMALL)), LARGE);
        String digest = deploy(step(rule, Backend.AUTO, false));
        store("", "dataset.csv", 101);

        JsonNode prepared = prepare.handle(attempt(digest, RUN, 1));

        assertThat(prepared.path("backend").textValue()).isEqualTo("BATCH");
        assertThat(prepared.at("/batch/JobQueue").textValue()).isEqualTo("crois-on-demand");
        assertThat(prepared.at("/batch/JobName").textValue()).isEqualTo("run-1-split-1");
        assertThat(prepared.at("/batch/ContainerOverrides/ResourceRequirements"))
                .isEqualTo(Json.parse(
                        "[{\"Type\":\"VCPU\",\"Value\":\"48\"},{\"Type\":\"MEMORY\",\"Value\":\"500000\"}]"));
    }

    @Test
    void an_artifact_that_nobody_stored_is_named() {
        String digest = deploy(step(ResourceRule.fixed(SMALL), Backend.FARGATE, false));

        assertThatThrownBy(() -> prepare.handle(attempt(digest, RUN, 1)))
                .isInstanceOf(MissingValue.class)
                .hasMessage("Artifact `dataset.csv` was not stored by the step that produces it.");
    }

    @Test
    void the_items_of_a_forEach_are_stored_once_and_counted() {
        PrepareRequest request = tune(new Value.OfParameter("grid"));

        JsonNode first = prepare.handle(request);
        JsonNode second = prepare.handle(request);

        assertThat(first).isEqualTo(second);
        assertThat(first.path("count").intValue()).isEqualTo(2);
        assertThat(table.read(ItemKey.item(RUN, "tune", 1), JsonNode.class)).contains(Json.parse("{\"eta\":0.3}"));
    }

    @Test
    void the_items_of_a_large_forEach_stand_together_and_its_iterations_are_listed_in_the_bucket() {
        List<Integer> squares = IntStream.rangeClosed(0, 40_000)
                .mapToObj(i -> i % 1_000 * (i % 1_000))
                .toList();
        ForEachSpec spec = new ForEachSpec("tune", List.of(), new Value.Literal(Json.tree(squares)), true);
        table.put(ItemKey.spec("demo", "building", spec.digest()), spec);
        PrepareRequest request =
                new PrepareRequest(PrepareRequest.Kind.ITEMS, RUN, "building", null, "tune", spec.digest(), null, null);

        JsonNode first = prepare.handle(request);
        JsonNode second = prepare.handle(request);

        assertThat(first).isEqualTo(second);
        assertThat(first.path("count").intValue()).isEqualTo(40_001);
        assertThat(first.path("list"))
                .isEqualTo(Json.parse("{\"bucket\":\"crois\",\"key\":\"_control/demo/run-1/lists/tune.json\","
                        + "\"results\":\"_control/demo/run-1/iterations/tune\"}"));
        assertThat(values(RUN.iteration("tune", 39_999), Map.of("square", new Value.OfItem("", "tune"))))
                .isEqualTo(Json.parse("{\"square\":998001}"));
        assertThat(table.query(ItemKey.partition(RUN), "ITEM#tune[", JsonNode.class))
                .hasSize(401);
    }

    @Test
    void items_that_are_no_list_are_refused() {
        assertThatThrownBy(() -> prepare.handle(tune(new Value.OfParameter("holdout"))))
                .isInstanceOf(WrongValue.class)
                .hasMessage("The items of forEach `tune` must be a list.");
    }

    @Test
    void an_iteration_sees_its_item_its_index_and_its_own_results() {
        prepare.handle(tune(new Value.OfParameter("grid")));
        Run second = RUN.iteration("tune", 1);
        table.put(ItemKey.result(RUN, second.scope(), "auc"), Json.parse("0.9"));

        JsonNode answer = values(
                second,
                Map.of(
                        "eta", new Value.OfItem("/eta", "tune"),
                        "index", new Value.OfIndex("tune"),
                        "auc", new Value.OfResult("auc", 1)));

        assertThat(answer).isEqualTo(Json.parse("{\"auc\":0.9,\"eta\":0.3,\"index\":1}"));
    }

    @Test
    void results_of_all_iterations_come_in_the_order_of_the_items() {
        prepare.handle(tune(new Value.OfParameter("grid")));
        table.put(ItemKey.result(RUN, "tune[1]/", "auc"), Json.parse("0.7"));
        table.put(ItemKey.result(RUN, "tune[0]/", "auc"), Json.parse("0.8"));

        JsonNode answer = values(RUN, Map.of("all", new Value.OfResults("auc", "tune", 0)));

        assertThat(answer).isEqualTo(Json.parse("{\"all\":[0.8,0.7]}"));
    }

    @Test
    void more_items_than_a_state_has_room_for_are_refused() {
        List<Integer> items = Collections.nCopies(40_001, 1);

        assertThatThrownBy(() -> prepare.handle(tune(new Value.Literal(Json.tree(items)))))
                .isInstanceOf(WrongValue.class)
                .hasMessage(
                        "The list of forEach `tune` has 40,001 items, but the indexes of at most 40,000 fit the 256 KiB "
                                + "of a state. Set mode(ForEach.Mode.LARGE), or group the items, each group an item of its own.");
    }

    @Test
    void results_of_iterations_that_may_fail_are_null_where_they_did() {
        prepare.handle(tune(new Value.OfParameter("grid")));
        table.put(ItemKey.result(RUN, "tune[1]/", "auc"), Json.parse("0.7"));

        assertThat(values(RUN, Map.of("all", new Value.OfResults("auc", "tune", 0, true))))
                .isEqualTo(Json.parse("{\"all\":[null,0.7]}"));
        assertThatThrownBy(() -> values(RUN, Map.of("all", new Value.OfResults("auc", "tune", 0))))
                .isInstanceOf(MissingValue.class)
                .hasMessage("Result `tune[0]/auc` was not reported by the step that produces it.");
    }

    @Test
    @SuppressWarnings("unchecked")
    void the_results_of_a_thousand_iterations_take_ten_calls() {
        Map<ItemKey, JsonNode> results = new HashMap<>();
        for (int i = 0; i < 1_000; i++) {
            results.put(ItemKey.result(RUN, "tune[" + i + "]/", "auc"), IntNode.valueOf(i));
        }
        table.putAll(results);
        table.put(ItemKey.itemCount(RUN, "tune"), 1_000);
        DynamoDbClient counted = mock(DynamoDbClient.class, AdditionalAnswers.delegatesTo(server.dynamoDbClient()));
        Clock clock = Clock.fixed(NOON, ZoneOffset.UTC);
        PrepareFunction function = new PrepareFunction(
                CroisTable.create(counted, mock(S3Client.class), PlatformSettings.defaults(), clock),
                PlatformSettings.defaults(),
                clock);

        JsonNode all = function.handle(new PrepareRequest(
                        PrepareRequest.Kind.VALUES,
                        RUN,
                        "building",
                        null,
                        null,
                        null,
                        null,
                        Map.of("all", new Value.OfResults("auc", "tune", 0))))
                .at("/values/all");

        assertThat(all).hasSize(1_000);
        assertThat(all.get(999).intValue()).isEqualTo(999);
        verify(counted, times(10)).batchGetItem(any(Consumer.class));
        verify(counted, times(2)).getItem(any(Consumer.class));
    }

    @Test
    void repeated_and_concurrent_requests_get_the_same_answer_and_write_the_same_items() throws Exception {
        store("", "dataset.csv", 10);
        String digest = deploy(step(ResourceRule.fixed(SMALL), Backend.FARGATE, true));
        JsonNode first = prepare.handle(attempt(digest, RUN, 1));
        TaskOrder order =
                table.read(ItemKey.order(RUN, "split", 1), TaskOrder.class).orElseThrow();
        StepItem item = table.read(ItemKey.step(RUN, "split"), StepItem.class).orElseThrow();
        ExecutorService threads = Executors.newFixedThreadPool(4);

        Callable<JsonNode> call = () -> prepare.handle(attempt(digest, RUN, 1));
        for (Future<JsonNode> answer : threads.invokeAll(Collections.nCopies(12, call))) {
            assertThat(answer.get()).isEqualTo(first);
        }
        threads.shutdown();

        assertThat(table.read(ItemKey.order(RUN, "split", 1), TaskOrder.class)).contains(order);
        assertThat(table.read(ItemKey.step(RUN, "split"), StepItem.class)).contains(item);
        assertThat(Feed.since(table, "demo", NOON).poll(NOON)).hasSize(1);
    }

    @Test
    void the_longest_names_stay_within_what_AWS_takes_and_longer_ones_are_refused() {
        var deployed = new DeployedStep(step(ResourceRule.fixed(SMALL), Backend.AUTO, true), "arn:task", "arn:job");
        Placement placement = new Placement(PlatformSettings.defaults());
        OrderLocation longest = new OrderLocation("crois", new ItemKey("p".repeat(2_048), "/".repeat(1_024)));
        OrderLocation atEdge = fargateOrder(placement, deployed, 8_192);

        assertThat(placement
                        .batch(deployed, SMALL, longest, 1, StepDecision.Terms.FIRST, "run-1", SubmitTerms.none())
                        .toString())
                .hasSizeLessThan(30 * 1_024);
        assertThat(placement
                        .fargate(deployed, SMALL, longest, StepDecision.Terms.FIRST)
                        .path("Overrides")
                        .toString())
                .hasSizeLessThan(8_192);
        assertThat(placement
                        .fargate(deployed, SMALL, atEdge, StepDecision.Terms.FIRST)
                        .path("Overrides")
                        .toString())
                .hasSize(8_192);
        assertThatThrownBy(() -> placement.fargate(deployed, SMALL, longer(atEdge), StepDecision.Terms.FIRST))
                .isInstanceOf(WrongValue.class)
                .hasMessageContaining("is 8193 characters long, but AWS takes at most 8192");
        OrderLocation job = new OrderLocation("crois", new ItemKey("p".repeat(31_000), "s"));
        assertThatThrownBy(() ->
                        placement.batch(deployed, SMALL, job, 1, StepDecision.Terms.FIRST, "run-1", SubmitTerms.none()))
                .hasMessageContaining("AWS takes at most 30720");
    }

    private static OrderLocation fargateOrder(Placement placement, DeployedStep step, int overrides) {
        int without = placement
                .fargate(step, SMALL, new OrderLocation("crois", new ItemKey("", "s")), StepDecision.Terms.FIRST)
                .path("Overrides")
                .toString()
                .length();
        return new OrderLocation("crois", new ItemKey("p".repeat(overrides - without), "s"));
    }

    private static OrderLocation longer(OrderLocation order) {
        return new OrderLocation("crois", new ItemKey(order.key().pk() + "p", "s"));
    }

    @Test
    void a_request_and_its_answer_are_streams_of_json() throws IOException {
        byte[] request = ("{\"kind\":\"values\",\"run\":{\"project\":\"demo\",\"execution\":\"run-1\",\"scope\":\"\"},"
                        + "\"workflow\":\"building\",\"values\":{\"h\":{\"parameter\":\"holdout\"}}}")
                .getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream answer = new ByteArrayOutputStream();

        prepare.handleRequest(new ByteArrayInputStream(request), answer, null);

        assertThat(Json.parse(answer.toString(StandardCharsets.UTF_8))
                        .at("/values/h")
                        .decimalValue())
                .isEqualByComparingTo("0.2");
    }

    @ParameterizedTest
    @CsvSource({
        "0.25,512,256,512",
        "0.25,4096,512,4096",
        "3,1,4096,8192",
        "8,17000,8192,20480",
        "16,130000,32768,249856"
    })
    void a_machine_is_rounded_up_to_a_size_that_fargate_offers(double cpu, long mib, int units, long offered) {
        assertThat(FargateSize.atLeast(new Machine(cpu, mib, 0, 0))).isEqualTo(new FargateSize(units, offered));
    }

    @Test
    void a_machine_above_every_fargate_size_is_refused() {
        assertThatThrownBy(() -> FargateSize.atLeast(LARGE))
                .hasMessage("Fargate offers no task of 48.0 vCPU with 500000 MiB. Use Backend.BATCH or Backend.AUTO.");
    }

    private JsonNode values(Run run, Map<String, Value> values) {
        return prepare.handle(
                        new PrepareRequest(PrepareRequest.Kind.VALUES, run, "building", null, null, null, null, values))
                .path("values");
    }

    private PrepareRequest tune(Value items) {
        ForEachSpec spec = new ForEachSpec("tune", List.of(), items);
        table.put(ItemKey.spec("demo", "building", spec.digest()), spec);
        return new PrepareRequest(PrepareRequest.Kind.ITEMS, RUN, "building", null, "tune", spec.digest(), null, null);
    }

    private static PrepareRequest attempt(String digest, Run run, int attempt) {
        return new PrepareRequest(PrepareRequest.Kind.STEP, run, "building", "split", null, digest, attempt, null);
    }

    private void decided(StepDecision.Terms next) {
        StepDecision decision = new StepDecision(
                RUN,
                "split",
                1,
                StepDecision.Grant.PLATFORM,
                null,
                new TaskReport.Failure(FailureClass.SPOT_RECLAIMED, "Gone."),
                null,
                0,
                next,
                StepDecision.Ran.UNKNOWN,
                0,
                NOON);
        table.put(ItemKey.decision(RUN, "split", 1), decision);
    }

    private String deploy(StepSpec spec) {
        table.put(ItemKey.spec("demo", "building", spec.digest()), new DeployedStep(spec, "arn:task", "arn:job"));
        return spec.digest();
    }

    private void store(String scope, String artifact, long bytes) {
        table.put(
                ItemKey.artifact(RUN, scope, artifact),
                new StoredArtifact(artifact, ArtifactKind.FILE, "crois", "k", bytes, 1, "00", false));
    }

    private static StepSpec step(ResourceRule resources, Backend backend, boolean spot) {
        return new StepSpec(
                "split",
                List.of(),
                "crafto/dataset:1",
                List.of(
                        Value.text("split"),
                        Value.text("--holdout"),
                        new Value.OfParameter("holdout"),
                        new Value.Concat(List.of(Value.text("--from="), new Value.OfParameter("source")))),
                Map.of("SOURCE", new Value.OfParameter("source")),
                null,
                List.of(new ArtifactUse("dataset.csv", ArtifactKind.FILE, 0, null)),
                List.of(
                        new ArtifactProduct("parts", ArtifactKind.FOLDER, false),
                        new ArtifactProduct("train.csv", ArtifactKind.FILE, false)),
                List.of(),
                List.of(),
                List.of("grid"),
                resources,
                backend,
                spot,
                false,
                List.of(),
                600,
                3600);
    }

    private static AttributeDefinition text(String name) {
        return AttributeDefinition.builder()
                .attributeName(name)
                .attributeType(ScalarAttributeType.S)
                .build();
    }

    private static KeySchemaElement key(String name, KeyType type) {
        return KeySchemaElement.builder().attributeName(name).keyType(type).build();
    }
}
