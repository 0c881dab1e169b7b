package io.crois.runtime.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.fasterxml.jackson.databind.JsonNode;
import io.crois.contract.ExecutionItem;
import io.crois.contract.ExecutionStatus;
import io.crois.contract.FeedEvent;
import io.crois.contract.ItemKey;
import io.crois.contract.Json;
import io.crois.contract.OrderLocation;
import io.crois.contract.PlatformSettings;
import io.crois.contract.Run;
import io.crois.contract.StepItem;
import io.crois.contract.StepStatus;
import io.crois.contract.TaskOrder;
import io.crois.table.Feed;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionRequest;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionDoesNotExistException;

final class ReconcileFunctionTest {
    private static final Run RUN = Run.of("demo", "run-1");
    private static final String ARN = "arn:aws:states:eu-west-1:111122223333:execution:building:run-1";
    private static final Instant NOON = LocalTable.NOON;
    private static final Instant LATER = NOON.plus(Duration.ofMinutes(20));

    private final LocalTable local = new LocalTable();
    private final SfnClient sfn = mock(SfnClient.class);
    private final Map<String, JsonNode> tasks = new HashMap<>();
    private final FakeBackends backends = new FakeBackends(tasks);
    private final FakeDeadLetters letters = new FakeDeadLetters();
    private final ReconcileFunction function = new ReconcileFunction(
            local.table,
            PlatformSettings.defaults(),
            () -> sfn,
            () -> backends.ecs(),
            () -> backends.batch(),
            letters,
            CallRate.unlimited(),
            Clock.fixed(LATER, LocalTable.CLOCK.getZone()));

    @BeforeEach
    void submitted() {
        local.table.put(ItemKey.project("demo"), "demo");
        submit("run-1", ARN);
        local.table.put(
                ItemKey.spec("demo", "building", "digest"),
                Map.of("spec", Map.of("step", "train"), "taskDefinition", "arn:aws:ecs::1:task-definition/family:1"));
        described(DescribeExecutionResponse.builder().status("RUNNING").startDate(NOON));
    }

    @AfterEach
    void stop() {
        local.close();
    }

    @Test
    void a_lost_end_of_an_execution_is_found_and_told_by_the_schedule() throws IOException {
        described(DescribeExecutionResponse.builder()
                .status("FAILED")
                .startDate(NOON)
                .stopDate(NOON.plusSeconds(90))
                .error("ExitCode")
                .cause("It failed."));

        assertThat(invoke("{\"source\":\"aws.events\",\"detail\":{}}"))
                .isEqualTo("{\"complete\":true,\"executions\":1,\"failed\":0,\"redelivered\":0,\"repaired\":1}");
        assertThat(invoke("{}"))
                .isEqualTo("{\"complete\":true,\"executions\":0,\"failed\":0,\"redelivered\":0,\"repaired\":0}");

        assertThat(execution("run-1").status()).isEqualTo(ExecutionStatus.FAILED);
        assertThat(execution("run-1").error()).isEqualTo("ExitCode");
        assertThat(events()).containsExactly(FeedEvent.Type.EXECUTION_STARTED, FeedEvent.Type.EXECUTION_ENDED);
    }

    @Test
    void an_execution_that_was_never_started_is_closed() throws IOException {
        when(sfn.describeExecution(ReconcileFunctionTest.<DescribeExecutionRequest.Builder>consumer()))
                .thenThrow(ExecutionDoesNotExistException.builder()
                        .message("Unknown")
                        .build());

        invoke("{}");

        assertThat(execution("run-1").error()).isEqualTo("Crois.NotStarted");
    }

    @Test
    void a_task_of_which_nothing_was_told_is_searched_for_and_followed_to_its_end() throws IOException {
        step("train", 1, null);
        tasks.put("1", task("train", 1, "RUNNING"));
        invoke("{\"project\":\"demo\",\"execution\":\"run-1\"}");
        assertThat(item("train").status()).isEqualTo(StepStatus.RUNNING);
        assertThat(item("train").startedAt()).isEqualTo(NOON.plusSeconds(5));

        tasks.put("1", task("train", 1, "STOPPED"));
        invoke("{\"project\":\"demo\"}");

        assertThat(item("train").status()).isEqualTo(StepStatus.STOPPED);
        assertThat(item("train").arn()).isEqualTo("arn:aws:ecs:task/train");
        assertThat(events())
                .containsExactly(
                        FeedEvent.Type.STEP_PREPARED,
                        FeedEvent.Type.EXECUTION_STARTED,
                        FeedEvent.Type.STEP_QUEUED,
                        FeedEvent.Type.STEP_STARTED);
    }

    @Test
    void known_tasks_are_described_a_hundred_at_a_time() throws IOException {
        IntStream.range(0, 230).forEach(i -> {
            step("train" + i, 1, "arn:aws:ecs:task/train" + i);
            tasks.put("train" + i, task("train" + i, 1, "STOPPED"));
        });

        invoke("{}");

        assertThat(backends.calls).containsExactly(100, 100, 30);
        assertThat(item("train229").status()).isEqualTo(StepStatus.STOPPED);
    }

    @Test
    void a_step_of_a_stopped_execution_stops_also_when_its_task_is_forgotten() throws IOException {
        step("train", 1, "arn:aws:ecs:task/gone");
        described(DescribeExecutionResponse.builder()
                .status("ABORTED")
                .startDate(NOON)
                .stopDate(NOON.plusSeconds(90)));

        invoke("{}");

        assertThat(item("train").status()).isEqualTo(StepStatus.STOPPED);
        assertThat(item("train").endedAt()).isEqualTo(NOON.plusSeconds(90));
        assertThat(local.table.entries(ItemKey.openExecutions("demo"), "", Instant.class))
                .isEmpty();
    }

    @Test
    void a_round_that_runs_out_of_time_is_continued_by_the_next() {
        IntStream.range(2, 6).forEach(i -> submit("run-" + i, ARN + i));
        AtomicInteger asked = new AtomicInteger();

        ReconcileFunction.Summary first =
                function.reconcile(new ReconcileFunction.Request(null, null), () -> asked.incrementAndGet() <= 4);
        assertThat(first.complete()).isFalse();
        assertThat(first.executions()).isEqualTo(3);
        assertThat(local.table.read(new ItemKey("##reconcile", "CURSOR"), String.class))
                .contains("demo#run-3");

        asked.set(1);
        function.reconcile(new ReconcileFunction.Request(null, null), () -> asked.incrementAndGet() <= 4);
        assertThat(local.table.read(new ItemKey("##reconcile", "CURSOR"), String.class))
                .contains("demo#run-5");
    }

    @Test
    void what_a_dead_handler_left_is_handled_once_it_lives_again() throws IOException {
        order("train", 1);
        String event = Json.write(Map.of(
                "detail-type",
                "ECS Task State Change",
                "time",
                NOON.toString(),
                "detail",
                task("train", 1, "RUNNING")));
        letters.post(event);
        letters.post(Json.write(Map.of("requestPayload", Json.parse(event), "responsePayload", Map.of())));
        letters.post("no event");

        assertThat(invoke("{}")).contains("\"redelivered\":2");

        assertThat(letters.size()).isZero();
        assertThat(item("train").status()).isEqualTo(StepStatus.RUNNING);
        assertThat(events()).contains(FeedEvent.Type.STEP_STARTED);
    }

    @Test
    void an_event_that_fails_again_stays_and_holds_up_no_other() throws IOException {
        order("train", 1);
        letters.post("{\"detail-type\":\"ECS Task State Change\",\"time\":\"no time\",\"detail\":{}}");
        letters.post(Json.write(Map.of(
                "detail-type",
                "ECS Task State Change",
                "time",
                NOON.toString(),
                "detail",
                task("train", 1, "STOPPED"))));

        invoke("{}");
        assertThat(letters.size()).isEqualTo(1);
        assertThat(item("train").status()).isEqualTo(StepStatus.STOPPED);

        letters.timeout();
        assertThat(invoke("{}")).contains("\"redelivered\":0");
        assertThat(letters.size()).isEqualTo(1);
    }

    @Test
    void invocations_at_the_same_time_change_nothing_more() throws Exception {
        step("train", 1, null);
        tasks.put("1", task("train", 1, "STOPPED"));
        ExecutorService threads = Executors.newFixedThreadPool(4);
        Callable<String> invocation = () -> invoke("{}");
        for (Future<String> answer : threads.invokeAll(Collections.nCopies(8, invocation))) {
            assertThat(answer.get()).contains("\"failed\":0");
        }
        threads.shutdown();

        assertThat(events())
                .containsExactly(
                        FeedEvent.Type.STEP_PREPARED,
                        FeedEvent.Type.EXECUTION_STARTED,
                        FeedEvent.Type.STEP_QUEUED,
                        FeedEvent.Type.STEP_STARTED);
    }

    private String invoke(String request) throws IOException {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        function.handleRequest(new ByteArrayInputStream(request.getBytes(UTF_8)), answer, null);
        return answer.toString(UTF_8);
    }

    private void submit(String name, String arn) {
        local.table.note(ExecutionItem.submitted("demo", name, "building", Map.of(), null, arn, NOON), NOON);
    }

    private void step(String name, int attempt, String arn) {
        order(name, attempt);
        StepItem item =
                new StepItem(RUN, name, StepStatus.PREPARED, attempt, null, null, arn, NOON, null, null, null, null);
        local.table.note(item, "building", List.of());
    }

    private void order(String step, int attempt) {
        TaskOrder order = new TaskOrder(
                RUN,
                "building",
                step,
                attempt,
                List.of("true"),
                Map.of(),
                null,
                Map.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                60,
                null);
        local.table.put(ItemKey.order(RUN, step, attempt), order);
    }

    private static JsonNode task(String step, int attempt, String status) {
        String order = new OrderLocation("crois", ItemKey.order(RUN, step, attempt)).text();
        String stopped = status.equals("STOPPED") ? "'stoppedAt':'" + NOON.plusSeconds(60) + "'," : "";
        return Json.parse(("{'taskArn':'arn:aws:ecs:task/%s','lastStatus':'%s','startedAt':'%s',%s"
                        + "'containers':[{'name':'main'}],'overrides':{'containerOverrides':[{'name':'main',"
                        + "'environment':[{'name':'CROIS_ORDER','value':'%s'}]}]}}")
                .formatted(step, status, NOON.plusSeconds(5), stopped, order)
                .replace('\'', '"'));
    }

    private ExecutionItem execution(String name) {
        return local.table
                .read(ItemKey.execution(Run.of("demo", name)), ExecutionItem.class)
                .orElseThrow();
    }

    private StepItem item(String step) {
        return local.table.read(ItemKey.step(RUN, step), StepItem.class).orElseThrow();
    }

    private List<FeedEvent.Type> events() {
        return Feed.since(local.table, "demo", NOON.minusSeconds(1)).poll(LATER).stream()
                .map(FeedEvent::type)
                .toList();
    }

    private void described(DescribeExecutionResponse.Builder answer) {
        when(sfn.describeExecution(ReconcileFunctionTest.<DescribeExecutionRequest.Builder>consumer()))
                .thenReturn(answer.redriveCount(0).build());
    }

    @SuppressWarnings("unchecked")
    private static <T> Consumer<T> consumer() {
        return any(Consumer.class);
    }
}
