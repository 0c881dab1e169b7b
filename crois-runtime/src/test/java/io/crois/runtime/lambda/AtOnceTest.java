package io.crois.runtime.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.fasterxml.jackson.databind.JsonNode;
import io.crois.contract.Deployment;
import io.crois.contract.ExecutionItem;
import io.crois.contract.ExecutionStatus;
import io.crois.contract.FeedEvent;
import io.crois.contract.ItemKey;
import io.crois.contract.Json;
import io.crois.contract.OrderLocation;
import io.crois.contract.ProbeRequest;
import io.crois.contract.Run;
import io.crois.contract.StartCause;
import io.crois.contract.StartRequest;
import io.crois.contract.StartRule;
import io.crois.contract.StepItem;
import io.crois.contract.StepStatus;
import io.crois.contract.TaskOrder;
import io.crois.workflow.Backend;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionAlreadyExistsException;
import software.amazon.awssdk.services.sfn.model.StartExecutionRequest;
import software.amazon.awssdk.services.sfn.model.StartExecutionResponse;

/**
 * The functions that events and schedules invoke, by several threads at once with the same event, on DynamoDB Local.
 * Those that state machines invoke are held to the same in their own tests.
 */
final class AtOnceTest {
    private static final int THREADS = 6;
    private static final String MACHINE = "arn:aws:states:eu-west-1:111122223333:stateMachine:";
    private static final String EXECUTION = "arn:aws:states:eu-west-1:111122223333:execution:building:run-1";
    private static final Run RUN = Run.of("demo", "run-1");

    private final LocalTable local = new LocalTable();
    private final SfnClient sfn = mock(SfnClient.class);
    private final Set<String> started = ConcurrentHashMap.newKeySet();

    @AfterEach
    void stop() {
        local.close();
    }

    @Test
    void an_event_of_a_task_is_told_once() throws Exception {
        submitted();
        StatusFunction function = new StatusFunction(local.table, sfn, LocalTable.CLOCK);
        String order = new OrderLocation("crois", ItemKey.order(RUN, "train", 1)).text();
        JsonNode event = Json.parse("""
                {"detail-type": "ECS Task State Change", "time": "2026-01-31T12:01:31Z", "detail": {
                 "taskArn": "arn:task", "lastStatus": "STOPPED", "startedAt": "2026-01-31T12:00:30Z",
                 "stoppedAt": "2026-01-31T12:01:30Z", "containers": [{"name": "main", "exitCode": 3}],
                 "overrides": {"containerOverrides": [{"name": "main", "environment": [
                  {"name": "CROIS_ORDER", "value": "%s"}]}]}}}""".formatted(order));

        atOnce(() -> {
            function.handle(event);
            return true;
        });

        StepItem item =
                local.table.read(ItemKey.step(RUN, "train"), StepItem.class).orElseThrow();
        assertThat(item.status()).isEqualTo(StepStatus.STOPPED);
        assertThat(item.exitCode()).isEqualTo(3);
        assertThat(types()).containsExactly(FeedEvent.Type.STEP_QUEUED, FeedEvent.Type.STEP_STARTED);
    }

    @Test
    void an_event_of_an_execution_is_told_once() throws Exception {
        submitted();
        when(sfn.describeExecution(any(Consumer.class)))
                .thenReturn(DescribeExecutionResponse.builder()
                        .status("FAILED")
                        .error("ExitCode")
                        .cause("{}")
                        .redriveCount(0)
                        .startDate(LocalTable.NOON)
                        .stopDate(LocalTable.NOON.plusSeconds(9))
                        .build());
        StatusFunction function = new StatusFunction(local.table, sfn, LocalTable.CLOCK);
        JsonNode event = Json.parse("""
                {"detail-type": "Step Functions Execution Status Change", "time": "2026-01-31T12:00:10Z", "detail": {
                 "executionArn": "%s", "name": "run-1", "status": "FAILED",
                 "startDate": 1769860800000, "stopDate": 1769860809000,
                 "input": "{\\"run\\": {\\"project\\": \\"demo\\", \\"execution\\": \\"run-1\\", \\"scope\\": \\"\\"}}"}}""".formatted(EXECUTION));

        atOnce(() -> {
            function.handle(event);
            return true;
        });

        assertThat(local.table
                        .read(ItemKey.execution(RUN), ExecutionItem.class)
                        .orElseThrow()
                        .status())
                .isEqualTo(ExecutionStatus.FAILED);
        assertThat(types()).containsExactly(FeedEvent.Type.EXECUTION_STARTED, FeedEvent.Type.EXECUTION_ENDED);
    }

    @Test
    void a_schedule_starts_one_execution() throws Exception {
        deployed("building");
        StartRule rule = new StartRule(
                "nightly",
                "building",
                Map.of(),
                Map.of(),
                new StartCause.Time("rate(1 day)", "UTC", 0, null, null),
                "token",
                false,
                LocalTable.NOON,
                null);
        local.table.put(ItemKey.start("demo", "nightly"), rule);
        StartFunction function = new StartFunction(local.table, stepFunctions(), LocalTable.CLOCK);
        StartRequest request = new StartRequest("demo", "nightly", "token", LocalTable.NOON, null);

        List<Optional<String>> answers = atOnce(() -> function.handle(request));

        assertThat(answers).containsOnly(Optional.of("nightly-20260131-120000"));
        assertThat(started).containsExactly("nightly-20260131-120000");
        assertThat(types()).containsExactly(FeedEvent.Type.EXECUTION_SUBMITTED);
    }

    @Test
    void a_probe_starts_one_execution_on_each_back_end_and_tells_the_same_of_the_last() throws Exception {
        deployed(ProbeRequest.workflow(Backend.FARGATE));
        deployed(ProbeRequest.workflow(Backend.BATCH));
        Queue<String> metrics = new ConcurrentLinkedQueue<>();
        ProbeFunction function = new ProbeFunction(local.table, stepFunctions(), LocalTable.CLOCK, metrics::add);
        ProbeRequest request = new ProbeRequest("crois", "demo", LocalTable.NOON);

        List<Map<String, String>> answers = atOnce(() -> function.handle(request));

        assertThat(answers)
                .containsOnly(Map.of(
                        "FARGATE",
                        "crois-probe-fargate-20260131-120000",
                        "BATCH",
                        "crois-probe-batch-20260131-120000"));
        assertThat(started)
                .containsExactlyInAnyOrder("crois-probe-fargate-20260131-120000", "crois-probe-batch-20260131-120000");
        assertThat(types()).containsExactly(FeedEvent.Type.EXECUTION_SUBMITTED, FeedEvent.Type.EXECUTION_SUBMITTED);
        assertThat(metrics).isEmpty();
    }

    private void submitted() {
        local.table.advance(
                ExecutionItem.submitted("demo", "run-1", "building", Map.of(), null, EXECUTION, LocalTable.NOON),
                List.of());
        local.table.put(
                ItemKey.order(RUN, "train", 1),
                new TaskOrder(
                        RUN,
                        "building",
                        "train",
                        1,
                        List.of("train"),
                        Map.of(),
                        null,
                        Map.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        60,
                        null));
    }

    private void deployed(String workflow) {
        local.table.put(
                ItemKey.deployment("demo", workflow),
                new Deployment(workflow, MACHINE + workflow + ":1", "digest", "{}", List.of("probe"), LocalTable.NOON));
    }

    /** Starts each name once, and says so to all others who ask. */
    private SfnClient stepFunctions() {
        when(sfn.startExecution(any(Consumer.class))).thenAnswer(call -> {
            Consumer<StartExecutionRequest.Builder> asked = call.getArgument(0);
            String name =
                    StartExecutionRequest.builder().applyMutation(asked).build().name();
            if (!started.add(name)) {
                throw ExecutionAlreadyExistsException.builder().message(name).build();
            }
            return StartExecutionResponse.builder().build();
        });
        return sfn;
    }

    private List<FeedEvent.Type> types() {
        return local.events().stream().map(FeedEvent::type).toList();
    }

    /** Has all threads begin together, twice. */
    private static <T> List<T> atOnce(Callable<T> call) throws Exception {
        CyclicBarrier together = new CyclicBarrier(THREADS);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        Callable<List<T>> twice = () -> {
            together.await(5, TimeUnit.MINUTES);
            T first = call.call();
            together.await(5, TimeUnit.MINUTES);
            return List.of(first, call.call());
        };
        List<T> answers = new ArrayList<>();
        for (Future<List<T>> answer : threads.invokeAll(Collections.nCopies(THREADS, twice))) {
            answers.addAll(answer.get());
        }
        threads.shutdown();
        return answers;
    }
}
