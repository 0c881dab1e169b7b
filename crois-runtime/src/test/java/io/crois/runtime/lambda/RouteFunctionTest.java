package io.crois.runtime.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.crois.contract.DeployedStep;
import io.crois.contract.ExecutionItem;
import io.crois.contract.ExecutionStatus;
import io.crois.contract.FeedEvent;
import io.crois.contract.ItemKey;
import io.crois.contract.Json;
import io.crois.contract.Machine;
import io.crois.contract.ResourceRule;
import io.crois.contract.RetryRule;
import io.crois.contract.RouteDecision;
import io.crois.contract.RouteRequest;
import io.crois.contract.Run;
import io.crois.contract.StepDecision;
import io.crois.contract.StepItem;
import io.crois.contract.StepSpec;
import io.crois.contract.StepStatus;
import io.crois.contract.TaskReport;
import io.crois.workflow.Backend;
import io.crois.workflow.FailureClass;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionRequest;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.SfnException;

final class RouteFunctionTest {
    private static final Run RUN = Run.of("demo", "run-1").iteration("tune", 3);
    private static final Machine MACHINE = new Machine(1, 2048, 0, 0);

    private final LocalTable local = new LocalTable();
    private final SfnClient sfn = mock(SfnClient.class);
    private final RouteFunction function = new RouteFunction(local.table, sfn, LocalTable.CLOCK);
    private String digest = "";

    @BeforeEach
    void prepare() {
        digest = deploy(List.of(new RetryRule(List.of(FailureClass.OUT_OF_MEMORY), List.of(), 2, 10, 2, 60, 2, 0)));
        redriven(0);
        prepared(1);
    }

    @AfterEach
    void stop() {
        local.close();
    }

    @Test
    void a_failure_that_a_rule_speaks_of_is_tried_again() throws IOException {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();

        function.handleRequest(
                new ByteArrayInputStream(
                        Json.write(request("ecs-out-of-memory", 1)).getBytes(UTF_8)),
                answer,
                null);

        assertThat(answer.toString(UTF_8))
                .isEqualTo(
                        "{\"attempt\":2,\"run\":{\"execution\":\"run-1\",\"project\":\"demo\",\"scope\":\"tune[3]/\"},"
                                + "\"wait\":10}");
        StepItem item = item();
        assertThat(item.status()).isEqualTo(StepStatus.RETRYING);
        assertThat(item.machine()).isEqualTo(MACHINE);
        assertThat(item.exitCode()).isEqualTo(137);
        assertThat(decision(1).next().memoryFactor()).isEqualTo(2);
        assertThat(events()).containsExactly(FeedEvent.Type.STEP_RETRYING);
    }

    @Test
    void a_failure_that_no_rule_speaks_of_fails_the_state_with_a_cause_to_read() throws IOException {
        RouteRequest request = request("batch-exit-code", 1);

        assertThatThrownBy(() -> function.route(request))
                .isInstanceOf(ExitCode.class)
                .hasMessage("{\"step\":\"tune[3]/train\",\"attempt\":1,\"class\":\"EXIT_CODE\",\"exitCode\":3,"
                        + "\"message\":\"The command ended with exit code 3.\"}");
        assertThat(item().status()).isEqualTo(StepStatus.FAILED);
        assertThat(item().failure())
                .isEqualTo(new TaskReport.Failure(FailureClass.EXIT_CODE, "The command ended with exit code 3."));
        assertThat(local.events()).last().satisfies(event -> {
            assertThat(event.type()).isEqualTo(FeedEvent.Type.STEP_FAILED);
            StepItem told = Json.read(Json.write(event.detail()), StepItem.class);
            assertThat(told.failure()).isEqualTo(item().failure());
            assertThat(told.exitCode()).isEqualTo(3);
        });
    }

    @Test
    void retries_end_and_each_attempt_has_its_own_decision() throws IOException {
        assertThat(function.route(request("ecs-out-of-memory", 1)).waitSeconds())
                .isEqualTo(10);
        prepared(2);
        assertThat(function.route(request("ecs-out-of-memory", 2)).waitSeconds())
                .isEqualTo(20);
        prepared(3);

        RouteRequest third = request("ecs-out-of-memory", 3);

        assertThatThrownBy(() -> function.route(third)).isInstanceOf(OutOfMemory.class);
        assertThat(decision(2).next().applyTo(MACHINE).memoryMib()).isEqualTo(4 * 2048);
        assertThat(events())
                .containsExactly(
                        FeedEvent.Type.STEP_RETRYING, FeedEvent.Type.STEP_RETRYING, FeedEvent.Type.STEP_FAILED);
    }

    @Test
    void repeated_and_concurrent_requests_get_the_first_answer() throws Exception {
        RouteRequest request = request("ecs-out-of-memory", 1);
        ExecutorService threads = Executors.newFixedThreadPool(4);

        List<Callable<RouteDecision>> calls = IntStream.range(0, 12)
                .mapToObj(call -> (Callable<RouteDecision>) () -> function.route(request))
                .toList();
        for (Future<RouteDecision> call : threads.invokeAll(calls)) {
            assertThat(call.get()).isEqualTo(new RouteDecision(RUN, 2, 10));
        }
        threads.shutdown();

        assertThat(function.route(request("batch-exit-code", 1))).isEqualTo(new RouteDecision(RUN, 2, 10));
        assertThat(events()).containsExactly(FeedEvent.Type.STEP_RETRYING);
    }

    @Test
    void a_decision_whose_status_was_not_written_is_announced_by_the_next_request() throws IOException {
        StepDecision made = new StepDecision(
                RUN,
                "train",
                1,
                StepDecision.Grant.PLATFORM,
                null,
                new TaskReport.Failure(FailureClass.THROTTLED, "Slower."),
                null,
                40,
                StepDecision.Terms.FIRST,
                StepDecision.Ran.UNKNOWN,
                0,
                LocalTable.NOON);
        local.table.put(ItemKey.decision(RUN, "train", 1), made);

        assertThat(function.route(request("ecs-out-of-memory", 1)).waitSeconds())
                .isEqualTo(40);

        assertThat(decision(1)).isEqualTo(made);
        assertThat(item().failure()).isEqualTo(made.failure());
        assertThat(events()).containsExactly(FeedEvent.Type.STEP_RETRYING);
    }

    @Test
    void a_late_request_does_not_undo_a_later_attempt() throws IOException {
        prepared(2);

        function.route(request("ecs-out-of-memory", 1));

        assertThat(item().attempt()).isEqualTo(2);
        assertThat(item().status()).isEqualTo(StepStatus.PREPARED);
        assertThat(events()).isEmpty();
    }

    @Test
    void a_failed_step_goes_round_again_once_its_execution_was_redriven() throws IOException {
        RouteRequest request = request("batch-exit-code", 1);
        assertThatThrownBy(() -> function.route(request)).isInstanceOf(ExitCode.class);
        assertThatThrownBy(() -> function.route(request)).isInstanceOf(ExitCode.class);

        redriven(1);

        assertThat(function.route(request)).isEqualTo(new RouteDecision(RUN, 2, 0));
        assertThat(function.route(request)).isEqualTo(new RouteDecision(RUN, 2, 0));
        prepared(2);
        RouteRequest second = request("batch-exit-code", 2);
        assertThatThrownBy(() -> function.route(second)).isInstanceOf(ExitCode.class);
        assertThatThrownBy(() -> function.route(second)).isInstanceOf(ExitCode.class);
        assertThat(decision(2).redriveCount()).isEqualTo(1);
        assertThat(events())
                .containsExactly(FeedEvent.Type.STEP_RETRYING, FeedEvent.Type.STEP_FAILED, FeedEvent.Type.STEP_FAILED);
    }

    @Test
    void where_step_functions_does_not_answer_the_table_tells_of_the_redrive() throws IOException {
        RouteRequest request = request("batch-exit-code", 1);
        assertThatThrownBy(() -> function.route(request)).isInstanceOf(ExitCode.class);
        local.table.put(ItemKey.execution(RUN), execution(1));
        when(sfn.describeExecution(this.<DescribeExecutionRequest.Builder>consumer()))
                .thenThrow(SfnException.builder().message("Rate exceeded").build());

        assertThat(function.route(request)).isEqualTo(new RouteDecision(RUN, 2, 0));
        assertThat(new RouteFunction(local.table, LocalTable.CLOCK).route(request))
                .isEqualTo(new RouteDecision(RUN, 2, 0));
    }

    @Test
    void what_the_agent_reported_counts_for_its_own_attempt_only() throws IOException {
        TaskReport.Failure denied = new TaskReport.Failure(FailureClass.ACCESS_DENIED, "No secret.");
        local.table.put(
                ItemKey.report(RUN, "train", 1),
                new TaskReport(RUN, "train", 1, 242, denied, List.of(), Map.of(), Map.of(), 0, 0, 0, 0));
        RouteRequest first = request("ecs-exit-code", 1);
        RouteRequest second = request("ecs-exit-code", 2);

        assertThatThrownBy(() -> function.route(first)).isInstanceOf(AccessDenied.class);
        assertThatThrownBy(() -> function.route(second)).isInstanceOf(ExitCode.class);
    }

    @Test
    void a_spec_that_is_not_deployed_is_named() throws IOException {
        digest = "0123";
        RouteRequest request = request("ecs-exit-code", 1);

        assertThatThrownBy(() -> function.route(request))
                .isInstanceOf(SpecMissing.class)
                .hasMessageContaining("has no spec `0123` of step `train`");
    }

    @Test
    void every_class_of_failure_has_its_own_exception() {
        List<String> names = IntStream.range(0, FailureClass.values().length)
                .mapToObj(i -> failure(FailureClass.values()[i]))
                .map(failure -> failure.getClass().getSimpleName())
                .toList();

        assertThat(names)
                .containsExactly(
                        "ExitCode",
                        "OutOfMemory",
                        "TimedOut",
                        "MissingOutput",
                        "SpotReclaimed",
                        "ImagePull",
                        "NeverScheduled",
                        "StartFailed",
                        "AccessDenied",
                        "Throttled",
                        "AgentFault",
                        "UnknownFailure");
    }

    private static StepFailure failure(FailureClass failureClass) {
        return StepFailure.of(new StepDecision(
                RUN,
                "train",
                1,
                StepDecision.Grant.NONE,
                null,
                new TaskReport.Failure(failureClass, "No."),
                null,
                0,
                StepDecision.Terms.FIRST,
                StepDecision.Ran.UNKNOWN,
                0,
                LocalTable.NOON));
    }

    @SuppressWarnings("unchecked")
    private <T> Consumer<T> consumer() {
        return any(Consumer.class);
    }

    private void redriven(int count) {
        local.table.put(ItemKey.execution(RUN), execution(0));
        when(sfn.describeExecution(this.<DescribeExecutionRequest.Builder>consumer()))
                .thenReturn(
                        DescribeExecutionResponse.builder().redriveCount(count).build());
    }

    private static ExecutionItem execution(int redriveCount) {
        return new ExecutionItem(
                "demo",
                "run-1",
                "building",
                ExecutionStatus.RUNNING,
                redriveCount,
                Map.of(),
                null,
                "arn:execution",
                LocalTable.NOON,
                null,
                null,
                null,
                null);
    }

    private void prepared(int attempt) {
        StepItem item = new StepItem(
                RUN,
                "train",
                StepStatus.PREPARED,
                attempt,
                Backend.FARGATE,
                MACHINE,
                null,
                LocalTable.NOON,
                null,
                null,
                null,
                null);
        local.table.advance(item, List.of());
    }

    private RouteRequest request(String error, int attempt) throws IOException {
        return new RouteRequest(
                RUN,
                "building",
                "train",
                digest,
                "ORDER#tune[3]/train#" + attempt,
                attempt,
                FailureClassifierTest.error(error));
    }

    private StepItem item() {
        return local.table.read(ItemKey.step(RUN, "train"), StepItem.class).orElseThrow();
    }

    private StepDecision decision(int attempt) {
        return local.table
                .read(ItemKey.decision(RUN, "train", attempt), StepDecision.class)
                .orElseThrow();
    }

    /** What is told besides the way of each attempt. */
    private List<FeedEvent.Type> events() {
        return local.events().stream()
                .map(FeedEvent::type)
                .filter(type -> type != FeedEvent.Type.STEP_QUEUED && type != FeedEvent.Type.STEP_STARTED)
                .toList();
    }

    private String deploy(List<RetryRule> retry) {
        StepSpec spec = new StepSpec(
                "train",
                List.of("tune"),
                "crafto/train:3",
                List.of(),
                Map.of(),
                null,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                ResourceRule.fixed(MACHINE),
                Backend.FARGATE,
                false,
                false,
                retry,
                3600,
                3600);
        local.table.put(ItemKey.spec("demo", "building", spec.digest()), new DeployedStep(spec, "arn", null));
        return spec.digest();
    }
}
