package io.crois.testkit.aws;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.DoubleNode;
import io.crois.Crois;
import io.crois.contract.ExecutionStatus;
import io.crois.contract.ItemKey;
import io.crois.contract.OrderLocation;
import io.crois.contract.PlatformSettings;
import io.crois.contract.TaskOrder;
import io.crois.contract.TaskReport;
import io.crois.execution.AwsClients;
import io.crois.execution.Execution;
import io.crois.execution.Pacing;
import io.crois.execution.ProjectSettings;
import io.crois.runtime.lambda.PrepareFunction;
import io.crois.runtime.lambda.StoreFunction;
import io.crois.table.CroisTable;
import io.crois.testkit.aws.internal.dynamodb.TableStore;
import io.crois.testkit.aws.internal.events.EventBus;
import io.crois.testkit.aws.internal.events.EventTargets;
import io.crois.testkit.aws.internal.integration.S3ObjectStore;
import io.crois.testkit.aws.internal.integration.ServiceEvents;
import io.crois.testkit.aws.internal.integration.ServiceIntegrations;
import io.crois.testkit.aws.internal.lambda.FunctionHost;
import io.crois.testkit.aws.internal.s3.MemoryShelf;
import io.crois.testkit.time.VirtualEventLoop;
import io.crois.workflow.Arguments;
import io.crois.workflow.Backend;
import io.crois.workflow.Result;
import io.crois.workflow.Workflow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.batch.model.JobDetail;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.ecs.model.Container;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;

/** A workflow from its deployment to its result, on the services in memory; only the containers are made up. */
final class WorkflowStoryTest {

    private static final Result<Double> AUC = Result.number("auc");

    private final VirtualEventLoop loop = VirtualEventLoop.create();
    private final TableStore tables = TableStore.inMemory();
    private final DynamoDbClient dynamoDb = NotInMemory.named(
            DynamoDbClient.class,
            new InMemoryDynamoDb(
                    tables,
                    new DynamoDbTables(tables, loop.clock(), "arn:aws:dynamodb:us-east-1:111111111111:table/")));
    private final S3Client s3 =
            NotInMemory.named(S3Client.class, new InMemoryS3(new MemoryShelf(), loop.clock(), "us-east-1"));
    private final CroisTable table = CroisTable.create(dynamoDb, s3, PlatformSettings.defaults(), loop.clock());
    private final FunctionHost functions = new FunctionHost(loop, "us-east-1", "111111111111", new Random(7));
    private final EventBus bus = new EventBus(
            loop,
            "us-east-1",
            "111111111111",
            new Random(7),
            new EventTargets().add("lambda", (arn, input) -> functions.queue(arn, SdkBytes.fromUtf8String(input))));
    private final RecordingEcs ecs = new RecordingEcs();
    private final RecordingBatch batch = new RecordingBatch();
    private final SfnClient sfn = InMemorySfn.builder(loop)
            .integrations(ServiceIntegrations.builder()
                    .functions(functions)
                    .ecs(ecs, (arn, ended) -> loop.after(Duration.ofHours(1), () -> ended.accept(ranTask(arn))))
                    .batch(batch, (id, ended) -> loop.after(Duration.ofHours(2), () -> ended.accept(ranJob(id))))
                    .build())
            .objectStore(new S3ObjectStore(s3))
            .listener(new ServiceEvents(bus))
            .build();
    private final Crois crois = Crois.builder()
            .project(new ProjectSettings("demo", "arn:flow", "arn:task", "arn:execution", "crois/agent:1"))
            .clients(new AwsClients(sfn, dynamoDb, s3, ecs, batch))
            .clock(loop.clock())
            .pacing(new VirtualPacing())
            .build();
    private final List<String> statuses = new ArrayList<>();

    @BeforeEach
    void installPlatform() {
        s3.createBucket(request -> request.bucket("crois"));
        dynamoDb.createTable(request -> request.tableName("crois")
                .billingMode("PAY_PER_REQUEST")
                .attributeDefinitions(
                        attribute -> attribute.attributeName("pk").attributeType("S"),
                        attribute -> attribute.attributeName("sk").attributeType("S"))
                .keySchema(
                        key -> key.attributeName("pk").keyType(KeyType.HASH),
                        key -> key.attributeName("sk").keyType(KeyType.RANGE)));
        functions.register("crois-prepare", new PrepareFunction(table, PlatformSettings.defaults(), loop.clock()));
        functions.register("crois-store", new StoreFunction(table, loop.clock()));
        functions.register("crois-status", event -> {
            statuses.add(event.path("detail").path("status").asText());
            return event;
        });
        InMemoryEventBridge.of(bus, loop)
                .putRule(request -> request.name("status").eventPattern("{\"source\":[\"aws.states\"]}"));
        InMemoryEventBridge.of(bus, loop)
                .putTargets(request -> request.rule("status")
                        .targets(target -> target.id("status")
                                .arn("arn:aws:lambda:us-east-1:111111111111:function:crois-status")));
    }

    @Test
    void steps_run_on_both_back_ends_and_their_results_are_read() throws InterruptedException {
        Workflow workflow = Workflow.builder()
                .name("story")
                .step(
                        "train",
                        s -> s.image("demo/train:1").backend(Backend.FARGATE).reports(AUC))
                .step(
                        "check",
                        s -> s.image("demo/check:1").backend(Backend.BATCH).command("check", "--auc", AUC))
                .build();

        Execution execution = crois.submit(workflow, Arguments.none(), "run-1");
        ExecutionStatus end = execution.await();

        assertThat(end).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(execution.result(AUC)).isEqualTo(0.5);
        assertThat(Duration.between(VirtualEventLoop.START, loop.now()))
                .isBetween(Duration.ofHours(3), Duration.ofHours(4));
        assertThat(order(batch.requests
                                .get(0)
                                .containerOverrides()
                                .environment()
                                .get(0)
                                .value())
                        .command())
                .containsExactly("check", "--auc", "0.5");
        assertThat(entered("run-1"))
                .containsExactly(
                        "train",
                        "train · run on Fargate",
                        "train · store",
                        "check",
                        "check · run on Batch",
                        "check · store");
        loop.runUntilIdle();
        assertThat(statuses).containsExactly("RUNNING", "SUCCEEDED");
    }

    @Test
    void a_for_each_runs_all_its_iterations_at_once() throws InterruptedException {
        Workflow workflow = Workflow.builder()
                .name("story")
                .forEach(
                        "tune",
                        List.of(1, 2, 3),
                        (body, item) -> body.step(
                                "train",
                                s -> s.image("demo/train:1")
                                        .backend(Backend.FARGATE)
                                        .reports(AUC)))
                .build();

        Execution execution = crois.submit(workflow, Arguments.none(), "run-2");
        ExecutionStatus end = execution.await();

        assertThat(end).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(execution.result(AUC.all())).containsExactly(0.5, 0.5, 0.5);
        assertThat(ecs.requests).hasSize(3);
        assertThat(Duration.between(VirtualEventLoop.START, loop.now())).isLessThan(Duration.ofHours(2));
    }

    private Task ranTask(String arn) {
        int number = Integer.parseInt(arn.substring(arn.lastIndexOf('/') + 1));
        report(ecs.requests
                .get(number - 1)
                .overrides()
                .containerOverrides()
                .get(0)
                .environment()
                .get(0)
                .value());
        return Task.builder()
                .taskArn(arn)
                .containers(
                        Container.builder().name("main").exitCode(0).build(),
                        Container.builder().name("crois-injector").exitCode(0).build())
                .build();
    }

    private JobDetail ranJob(String id) {
        report(batch.requests.get(0).containerOverrides().environment().get(0).value());
        return JobDetail.builder().jobId(id).status("SUCCEEDED").build();
    }

    /** Says what the agent says at the end of a command that reports everything it declared. */
    private void report(String orderText) {
        TaskOrder order = order(orderText);
        table.put(
                ItemKey.report(order.run(), order.step(), order.attempt()),
                new TaskReport(
                        order.run(),
                        order.step(),
                        order.attempt(),
                        0,
                        null,
                        List.of(),
                        order.results().isEmpty() ? Map.of() : Map.of("auc", DoubleNode.valueOf(0.5)),
                        Map.of(),
                        0,
                        0,
                        0,
                        0));
    }

    private TaskOrder order(String text) {
        return table.read(OrderLocation.parse(text).key(), TaskOrder.class).orElseThrow();
    }

    private List<String> entered(String execution) {
        String arn = sfn.listStateMachines().stateMachines().get(0).stateMachineArn();
        String executionArn = sfn.listExecutions(request -> request.stateMachineArn(arn)).executions().stream()
                .filter(found -> found.name().endsWith(execution))
                .findFirst()
                .orElseThrow()
                .executionArn();
        return sfn
                .getExecutionHistory(
                        request -> request.executionArn(executionArn).maxResults(1_000))
                .events()
                .stream()
                .map(HistoryEvent::stateEnteredEventDetails)
                .filter(details -> details != null)
                .map(details -> details.name())
                .toList();
    }

    /** Lets the time of the loop pass. */
    private final class VirtualPacing implements Pacing {

        @Override
        public void pause(Duration duration) {
            loop.advance(duration);
        }

        @Override
        public Repetition repeat(Duration interval, Runnable work) {
            throw new UnsupportedOperationException("Nothing listens in this test.");
        }
    }
}
