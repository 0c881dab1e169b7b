package io.crois.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.crois.contract.ExecutionStatus;
import io.crois.contract.ItemKey;
import io.crois.contract.Json;
import io.crois.contract.ProbeRequest;
import io.crois.execution.Execution;
import io.crois.platform.HealthProbe;
import io.crois.runtime.lambda.ProbeFunction;
import io.crois.table.CroisTable;
import io.crois.testkit.aws.EventFaults;
import io.crois.testkit.aws.InMemoryAws;
import io.crois.testkit.container.ContainerScript;
import io.crois.workflow.Arguments;
import io.crois.workflow.Artifact;
import io.crois.workflow.Result;
import io.crois.workflow.Workflow;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.scheduler.model.FlexibleTimeWindowMode;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.SfnException;

/** The health probe in virtual time: what the real function publishes when the platform works and when it does not. */
final class HealthProbeTest {
    private static final HealthProbe PROBE = HealthProbe.of("demo/busybox:1");
    private static final Duration PERIOD = Duration.ofMinutes(15);
    private static final List<String> HEALTHY = List.of("FARGATE 1 none", "BATCH 1 none");

    private final CroisTestkit testkit = CroisTestkit.create();
    private final InMemoryAws aws = testkit.aws();
    private final List<JsonNode> metrics = new ArrayList<>();

    @Test
    void each_back_end_is_available_once_an_execution_went_the_whole_way() {
        deploy();

        periods(3);

        assertThat(told()).hasSizeGreaterThanOrEqualTo(4).containsOnlyElementsOf(HEALTHY);
        assertThat(testkit.crois().executions().map(Execution::name).toList())
                .hasSize(told().size() + 2)
                .allMatch(name -> name.matches("crois-probe-(fargate|batch)-\\d{8}-\\d{6}"));
    }

    @Test
    void the_first_call_starts_and_publishes_nothing() throws IOException {
        deploy();

        Map<String, String> started = function(aws.sfn()).handle(request());

        assertThat(started).containsOnlyKeys("FARGATE", "BATCH");
        assertThat(metrics).isEmpty();
    }

    @Test
    void metrics_are_dated_by_the_time_that_was_meant_in_the_embedded_metric_format() {
        deploy();

        periods(2);

        JsonNode line = metrics.get(0);
        assertThat(line.at("/_aws/CloudWatchMetrics/0/Namespace").asText()).isEqualTo("Crois");
        assertThat(line.at("/_aws/CloudWatchMetrics/0/Dimensions").toString())
                .isEqualTo("[[\"Platform\",\"Backend\"]]");
        assertThat(line.at("/_aws/CloudWatchMetrics/0/Metrics"))
                .allSatisfy(metric -> assertThat(
                                line.path(metric.path("Name").asText()).isNumber())
                        .isTrue())
                .extracting(metric -> metric.path("Name").asText())
                .containsExactlyInAnyOrder("ProbeAvailability", "ProbeDuration");
        assertThat(line.path("Platform").asText()).isEqualTo("crois");
        assertThat(line.path("ProbeDuration").asDouble()).isBetween(60.0, 300.0);
        assertThat(line.at("/_aws/Timestamp").asLong() % 1000).isZero();
        assertThat(metrics.get(2).at("/_aws/Timestamp").asLong()
                        - line.at("/_aws/Timestamp").asLong())
                .isEqualTo(PERIOD.toMillis());
    }

    @Test
    void a_step_that_fails_is_no_availability_and_the_next_one_counts_anew() {
        deploy();
        testkit.containers().step("probe", 1, ContainerScript.exits(3));

        periods(1);
        testkit.containers().step("probe", 1, ContainerScript.succeeds());
        periods(2);

        assertThat(told().subList(0, 2)).containsExactly("FARGATE 0 success", "BATCH 0 success");
        assertThat(told().subList(told().size() - 2, told().size())).isEqualTo(HEALTHY);
    }

    @Test
    void an_execution_that_hangs_is_none_after_the_limit() {
        deploy();
        testkit.containers().step("probe", 1, ContainerScript.succeeds().queuedFor(Duration.ofHours(5)));

        periods(2);

        assertThat(told()).isNotEmpty().allMatch(line -> line.matches("(FARGATE|BATCH) 0 (end|success)"));
    }

    @Test
    void where_all_events_are_lost_nothing_tells_of_the_end() {
        deploy();
        aws.eventFaults(EventFaults.none().losing(event -> true));

        periods(2);

        assertThat(told()).isNotEmpty().containsOnly("FARGATE 0 end", "BATCH 0 end");
    }

    @Test
    void what_the_reconciler_repaired_was_not_told_in_time() {
        deploy();
        aws.eventFaults(
                EventFaults.none().losing(event -> event.path("source").asText().equals("aws.states")));
        reconcileEveryFiveMinutes();

        periods(3);

        assertThat(told()).isNotEmpty().containsOnly("FARGATE 0 execution event", "BATCH 0 execution event");
        assertThat(testkit.crois().executions().filter(execution -> execution.status() == ExecutionStatus.SUCCEEDED))
                .isNotEmpty();
    }

    @Test
    void lost_events_of_one_back_end_are_of_that_one_alone() {
        deploy();
        aws.eventFaults(
                EventFaults.none().losing(event -> event.path("source").asText().equals("aws.batch")));

        periods(2);

        assertThat(told()).isNotEmpty().containsOnly("FARGATE 1 none", "BATCH 0 task event");
    }

    @Test
    void an_artifact_or_a_result_that_is_not_in_the_table_is_missed() {
        deploy();
        Map<String, String> started = function(aws.sfn()).handle(request());
        testkit.loop().advance(Duration.ofMinutes(10));
        CroisTable table = Platform.table(aws);
        table.delete(new ItemKey("test#" + started.get("FARGATE"), "ARTIFACT#probe.txt"));
        table.delete(new ItemKey("test#" + started.get("BATCH"), "RESULT#probe"));

        function(aws.sfn()).handle(request());

        assertThat(told()).containsExactly("FARGATE 0 artifact", "BATCH 0 result");
    }

    @Test
    void the_same_request_again_starts_and_publishes_nothing_new() {
        deploy();
        function(aws.sfn()).handle(request());
        testkit.loop().advance(Duration.ofMinutes(10));
        ProbeRequest second = request();

        Map<String, String> once = function(aws.sfn()).handle(second);
        Map<String, String> twice = function(aws.sfn()).handle(second);

        assertThat(twice).isEqualTo(once);
        assertThat(told()).isEqualTo(HEALTHY);
        assertThat(testkit.crois().executions().filter(execution -> once.containsValue(execution.name())))
                .hasSize(2);
    }

    @Test
    void what_was_started_long_ago_tells_nothing_of_now() {
        deploy();
        function(aws.sfn()).handle(request());
        testkit.loop().advance(Duration.ofHours(4));

        function(aws.sfn()).handle(request());

        assertThat(metrics).isEmpty();
    }

    @Test
    void a_back_end_without_a_deployed_probe_is_not_spoken_of() {
        testkit.crois().deploy(PROBE.workflows().get(1));

        periods(2);

        assertThat(told()).isNotEmpty().containsOnly("BATCH 1 none");
    }

    @Test
    void a_start_that_is_refused_for_a_while_is_tried_again_and_one_back_end_does_not_wait_for_the_other() {
        deploy();
        SfnClient busy = refusing(() -> SfnException.builder()
                .statusCode(503)
                .message("Service unavailable")
                .build());
        ProbeRequest request = request();

        assertThatThrownBy(() -> function(busy).handle(request))
                .satisfies(failure -> assertThat(failure.getSuppressed()).hasSize(1));
        function(aws.sfn()).handle(request);
        testkit.loop().advance(Duration.ofMinutes(10));
        function(aws.sfn()).handle(request());

        assertThat(told()).isEqualTo(HEALTHY);
    }

    @Test
    void the_command_of_the_probe_writes_what_it_declares(@TempDir Path store) throws Exception {
        String withoutPause = "sleep() { :; }; eval \"$3\"";
        try (LocalCrois local = LocalCrois.builder()
                .store(store)
                .image("demo/busybox:1", "/bin/sh", "-c", withoutPause, "sh")
                .build()) {
            Workflow workflow = PROBE.workflows().get(0);

            Execution execution = local.crois().submit(workflow, Arguments.none());
            execution.await();

            ExecutionAssert.assertThat(execution).succeeded();
            assertThat(execution.result(Result.text("probe"))).isEqualTo("whole");
            assertThat(execution.artifact(Artifact.file("probe.txt")).open().readAllBytes())
                    .asString()
                    .isEqualTo("whole\n");
        }
    }

    private void deploy() {
        PROBE.workflows().forEach(testkit.crois()::deploy);
    }

    private void schedule() {
        aws.lambdaFunction("crois-probe", function(aws.sfn()));
        aws.scheduler()
                .createSchedule(request -> request.name("crois-probe")
                        .scheduleExpression("rate(15 minutes)")
                        .flexibleTimeWindow(window -> window.mode(FlexibleTimeWindowMode.OFF))
                        .target(target -> target.arn("arn:aws:lambda:us-east-1:111111111111:function:crois-probe")
                                .roleArn("arn:aws:iam::111111111111:role/crois/crois-probe-schedule")
                                .input("{\"platform\":\"crois\",\"project\":\"test\","
                                        + "\"time\":\"<aws.scheduler.scheduled-time>\"}")));
    }

    private void periods(int count) {
        if (aws.scheduler().listSchedules(request -> {}).schedules().isEmpty()) {
            schedule();
        }
        testkit.loop().advance(PERIOD.multipliedBy(count).plusMinutes(1));
    }

    private void reconcileEveryFiveMinutes() {
        testkit.loop().after(Duration.ofMinutes(5), () -> {
            aws.lambda().invoke(call -> call.functionName("crois-reconcile").payload(SdkBytes.fromUtf8String("{}")));
            reconcileEveryFiveMinutes();
        });
    }

    private ProbeFunction function(SfnClient sfn) {
        return new ProbeFunction(
                Platform.table(aws), sfn, testkit.loop().clock(), line -> metrics.add(Json.parse(line)));
    }

    private ProbeRequest request() {
        Instant now = testkit.loop().now();
        return new ProbeRequest("crois", "test", now);
    }

    private static SfnClient refusing(Supplier<RuntimeException> refusal) {
        return (SfnClient) java.lang.reflect.Proxy.newProxyInstance(
                SfnClient.class.getClassLoader(), new Class<?>[] {SfnClient.class}, (proxy, method, arguments) -> {
                    throw refusal.get();
                });
    }

    private List<String> told() {
        return metrics.stream()
                .map(line -> line.path("Backend").asText() + " "
                        + line.path("ProbeAvailability").asInt() + " "
                        + line.path("missing").asText())
                .toList();
    }
}
