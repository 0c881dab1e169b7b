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
import io.crois.contract.Run;
import io.crois.contract.StepItem;
import io.crois.contract.StepStatus;
import io.crois.contract.TaskOrder;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionRequest;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;

final class StatusFunctionTest {
    private static final Run RUN = Run.of("demo", "run-1");
    private static final String ARN = "arn:aws:states:eu-west-1:111122223333:execution:building:run-1";
    private static final Instant STARTED = LocalTable.NOON.plusSeconds(30);
    private static final Instant STOPPED = LocalTable.NOON.plusSeconds(90);

    private final LocalTable local = new LocalTable();
    private final SfnClient sfn = mock(SfnClient.class);
    private final StatusFunction function = new StatusFunction(local.table, sfn, LocalTable.CLOCK);

    @BeforeEach
    void submitted() {
        local.table.advance(execution(), List.of());
        ordered(1);
        described(DescribeExecutionResponse.builder().status("RUNNING").redriveCount(0));
    }

    @AfterEach
    void stop() {
        local.close();
    }

    @Test
    void a_task_is_followed_from_queue_to_end() throws IOException {
        task("PROVISIONING", 1);
        assertThat(item().status()).isEqualTo(StepStatus.QUEUED);
        task("RUNNING", 1);
        assertThat(item().status()).isEqualTo(StepStatus.RUNNING);
        assertThat(item().startedAt()).isEqualTo(STARTED);
        task("STOPPED", 1);

        assertThat(item().status()).isEqualTo(StepStatus.STOPPED);
        assertThat(item().arn()).isEqualTo("arn:task");
        assertThat(item().endedAt()).isEqualTo(STOPPED);
        assertThat(item().exitCode()).isEqualTo(3);
        assertThat(types()).containsExactlyInAnyOrder(FeedEvent.Type.STEP_QUEUED, FeedEvent.Type.STEP_STARTED);
    }

    @Test
    void a_job_is_followed_from_queue_to_end() throws IOException {
        job("RUNNABLE");
        assertThat(item().status()).isEqualTo(StepStatus.QUEUED);
        job("RUNNING");
        assertThat(item().status()).isEqualTo(StepStatus.RUNNING);
        job("FAILED");

        assertThat(item().status()).isEqualTo(StepStatus.STOPPED);
        assertThat(item().arn()).isEqualTo("arn:job");
        assertThat(item().startedAt()).isEqualTo(STARTED);
        assertThat(item().endedAt()).isEqualTo(STOPPED);
        assertThat(item().exitCode()).isEqualTo(4);
        assertThat(types()).containsExactlyInAnyOrder(FeedEvent.Type.STEP_QUEUED, FeedEvent.Type.STEP_STARTED);
    }

    @Test
    void repeated_and_reversed_events_change_nothing() throws IOException {
        task("STOPPED", 1);
        StepItem stopped = item();
        task("STOPPED", 1);
        task("RUNNING", 1);
        task("PENDING", 1);

        assertThat(item()).isEqualTo(stopped);
        assertThat(stopped.startedAt()).isEqualTo(STARTED);
        assertThat(types()).containsExactly(FeedEvent.Type.STEP_QUEUED, FeedEvent.Type.STEP_STARTED);
    }

    @Test
    void of_a_batch_from_a_queue_only_those_that_fail_come_again() throws IOException {
        String good = Json.write(Map.of(
                "detail-type",
                "ECS Task State Change",
                "time",
                "2026-01-31T12:00:00Z",
                "detail",
                Json.parse(taskDetail("RUNNING", order(1)).replace('\'', '"'))));
        String batch = Json.write(Map.of(
                "Records",
                List.of(
                        Map.of("messageId", "1", "body", "no event"),
                        Map.of("messageId", "2", "body", good),
                        Map.of(
                                "messageId",
                                "3",
                                "body",
                                "{\"detail-type\":\"ECS Task State Change\",\"time\":\"x\"}"))));
        ByteArrayOutputStream answer = new ByteArrayOutputStream();

        function.handleRequest(new ByteArrayInputStream(batch.getBytes(UTF_8)), answer, null);

        assertThat(answer.toString(UTF_8))
                .isEqualTo("{\"batchItemFailures\":[{\"itemIdentifier\":\"1\"},{\"itemIdentifier\":\"3\"}]}");
        assertThat(item().status()).isEqualTo(StepStatus.RUNNING);
    }

    @Test
    void an_earlier_attempt_does_not_undo_a_later_one() throws IOException {
        ordered(2);
        task("PENDING", 2);
        StepItem second = item();

        task("STOPPED", 1);

        assertThat(item()).isEqualTo(second);
        assertThat(second.attempt()).isEqualTo(2);
    }

    @Test
    void tasks_without_a_known_order_are_dropped() throws IOException {
        task("RUNNING", 7);
        handle("ECS Task State Change", taskDetail("RUNNING", "no order"));
        handle("ECS Task State Change", "{'taskArn':'arn:other','lastStatus':'RUNNING'}");
        handle("EC2 Instance State-change Notification", "{}");

        assertThat(local.table.read(ItemKey.step(RUN, "train"), StepItem.class)).isEmpty();
        assertThat(local.events()).isEmpty();
    }

    @Test
    void the_start_of_an_execution_is_told_once() throws IOException {
        execution("RUNNING", ARN, "");
        execution("RUNNING", ARN, "");

        assertThat(types()).containsExactly(FeedEvent.Type.EXECUTION_STARTED);
        assertThat(executionItem()).isEqualTo(execution().started(LocalTable.NOON));
    }

    @Test
    void the_end_of_an_execution_is_told_once_with_its_error() throws IOException {
        described(DescribeExecutionResponse.builder()
                .status("FAILED")
                .redriveCount(0)
                .stopDate(STOPPED)
                .error("ExitCode")
                .cause("It failed."));
        execution("FAILED", ARN, "");
        execution("FAILED", ARN, "");

        assertThat(executionItem().status()).isEqualTo(ExecutionStatus.FAILED);
        assertThat(executionItem().endedAt()).isEqualTo(STOPPED);
        assertThat(executionItem().error()).isEqualTo("ExitCode");
        assertThat(executionItem().cause()).isEqualTo("It failed.");
        assertThat(local.events()).singleElement().satisfies(event -> {
            assertThat(event.type()).isEqualTo(FeedEvent.Type.EXECUTION_ENDED);
            assertThat(event.detail())
                    .isEqualTo(Json.parse("{\"status\":\"FAILED\",\"error\":\"ExitCode\",\"cause\":\"It failed.\"}"));
        });
    }

    @Test
    void a_late_start_does_not_open_an_ended_execution() throws IOException {
        described(DescribeExecutionResponse.builder()
                .status("SUCCEEDED")
                .redriveCount(0)
                .stopDate(STOPPED));
        execution("SUCCEEDED", ARN, "");
        execution("RUNNING", ARN, "");

        assertThat(executionItem().status()).isEqualTo(ExecutionStatus.SUCCEEDED);
    }

    @Test
    void a_redrive_opens_the_execution_again() throws IOException {
        described(DescribeExecutionResponse.builder()
                .status("FAILED")
                .redriveCount(0)
                .stopDate(STOPPED));
        execution("FAILED", ARN, "");
        described(DescribeExecutionResponse.builder().status("RUNNING").redriveCount(1));
        execution("RUNNING", ARN, "");

        assertThat(executionItem().status()).isEqualTo(ExecutionStatus.RUNNING);
        assertThat(executionItem().redriveCount()).isEqualTo(1);
        assertThat(executionItem().endedAt()).isNull();
    }

    @Test
    void child_executions_of_a_distributed_map_are_dropped() throws IOException {
        described(DescribeExecutionResponse.builder()
                .status("FAILED")
                .redriveCount(0)
                .stopDate(STOPPED));
        execution("FAILED", ARN + "/tune:child", "");
        execution("FAILED", ARN, "tune[3]/");

        assertThat(executionItem()).isEqualTo(execution());
        assertThat(local.events()).isEmpty();
    }

    @Test
    void a_pending_redrive_is_no_start() throws IOException {
        described(DescribeExecutionResponse.builder().status("PENDING_REDRIVE").redriveCount(0));
        execution("PENDING_REDRIVE", ARN, "");

        assertThat(executionItem().status()).isEqualTo(ExecutionStatus.PENDING_REDRIVE);
        assertThat(local.events()).isEmpty();
    }

    @Test
    void a_status_that_is_not_known_yet_is_dropped() throws IOException {
        execution("HIBERNATING", ARN, "");

        assertThat(executionItem()).isEqualTo(execution());
        assertThat(local.events()).isEmpty();
    }

    private void task(String status, int attempt) throws IOException {
        handle("ECS Task State Change", taskDetail(status, order(attempt)));
    }

    private static String taskDetail(String status, String order) {
        return ("{'taskArn':'arn:task','lastStatus':'%s','startedAt':%s,'stoppedAt':%s,"
                        + "'containers':[{'name':'crois-injector','exitCode':0},{'name':'main','exitCode':3}],"
                        + "'overrides':{'containerOverrides':[{'name':'main','environment':"
                        + "[{'name':'CROIS_ORDER','value':'%s'}]}]}}")
                .formatted(status, since(status, "'" + STARTED + "'"), end(status, "'" + STOPPED + "'"), order);
    }

    private void job(String status) throws IOException {
        handle(
                "Batch Job State Change",
                ("{'jobArn':'arn:job','status':'%s','startedAt':%s,'stoppedAt':%s,'container':{'exitCode':4,"
                                + "'environment':[{'name':'CROIS_ORDER','value':'%s'}]}}")
                        .formatted(
                                status,
                                since(status, STARTED.toEpochMilli()),
                                end(status, STOPPED.toEpochMilli()),
                                order(1)));
    }

    private static Object since(String status, Object time) {
        return status.equals("RUNNING") ? time : end(status, time);
    }

    private static Object end(String status, Object time) {
        return status.equals("STOPPED") || status.equals("FAILED") ? time : "null";
    }

    private void execution(String status, String arn, String scope) throws IOException {
        String input = Json.write(Map.of("run", new Run("demo", "run-1", scope)));
        handle(
                "Step Functions Execution Status Change",
                "{'executionArn':'%s','name':'run-1','status':'%s','input':%s}"
                        .formatted(arn, status, Json.write(input)));
    }

    private void handle(String type, String detail) throws IOException {
        JsonNode json = Json.parse(detail.replace('\'', '"'));
        String event =
                Json.write(Map.<String, Object>of("detail-type", type, "time", "2026-01-31T12:00:00Z", "detail", json));
        function.handleRequest(new ByteArrayInputStream(event.getBytes(UTF_8)), new ByteArrayOutputStream(), null);
    }

    private void ordered(int attempt) {
        TaskOrder order = new TaskOrder(
                RUN,
                "building",
                "train",
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
        local.table.put(ItemKey.order(RUN, "train", attempt), order);
    }

    private static String order(int attempt) {
        return new OrderLocation("crois", ItemKey.order(RUN, "train", attempt)).text();
    }

    @SuppressWarnings("unchecked")
    private <T> Consumer<T> consumer() {
        return any(Consumer.class);
    }

    private void described(DescribeExecutionResponse.Builder answer) {
        when(sfn.describeExecution(this.<DescribeExecutionRequest.Builder>consumer()))
                .thenReturn(answer.build());
    }

    private static ExecutionItem execution() {
        return new ExecutionItem(
                "demo",
                "run-1",
                "building",
                ExecutionStatus.RUNNING,
                0,
                Map.of(),
                null,
                ARN,
                LocalTable.NOON,
                null,
                null,
                null,
                null);
    }

    private ExecutionItem executionItem() {
        return local.table.read(ItemKey.execution(RUN), ExecutionItem.class).orElseThrow();
    }

    private StepItem item() {
        return local.table.read(ItemKey.step(RUN, "train"), StepItem.class).orElseThrow();
    }

    private List<FeedEvent.Type> types() {
        return local.events().stream().map(FeedEvent::type).toList();
    }
}
