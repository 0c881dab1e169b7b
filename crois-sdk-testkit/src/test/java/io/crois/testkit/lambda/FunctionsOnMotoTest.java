package io.crois.testkit.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.crois.contract.ItemKey;
import io.crois.contract.Json;
import io.crois.contract.StepItem;
import io.crois.contract.StepStatus;
import io.crois.contract.TaskOrder;
import io.crois.contract.TaskReport;
import io.crois.testkit.lambda.LambdaProcess.Answer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The functions as Lambda runs them, from their jar alone, on the services as moto imitates them. */
final class FunctionsOnMotoTest {
    private Path jar;
    private MotoPlatform platform;

    @BeforeEach
    void start() throws IOException {
        jar = FunctionsJar.path();
        platform = new MotoPlatform();
    }

    @Test
    void an_attempt_is_prepared_followed_and_stored() {
        Answer prepared = invokeTwice("PrepareFunction", platform.request(Map.of("kind", "step")));
        assertThat(prepared.body().at("/fargate/TaskDefinition").asText()).contains("crois-train:1");
        assertThat(platform.table.read(ItemKey.order(MotoPlatform.RUN, MotoPlatform.STEP, 1), TaskOrder.class))
                .isPresent();

        try (LambdaProcess status = platform.function(jar, "StatusFunction")) {
            assertThat(status.invoke(MotoPlatform.taskEvent("STOPPED")).failed())
                    .isFalse();
            assertThat(status.invoke(MotoPlatform.taskEvent("RUNNING")).failed())
                    .isFalse();
        }
        assertThat(platform.step().status()).isEqualTo(StepStatus.STOPPED);
        assertThat(platform.step().arn()).isEqualTo(MotoPlatform.TASK);

        TaskReport report = new TaskReport(
                MotoPlatform.RUN, MotoPlatform.STEP, 1, 0, null, List.of(), Map.of(), Map.of(), 0, 0, 0, 0);
        platform.table.put(ItemKey.report(MotoPlatform.RUN, MotoPlatform.STEP, 1), report);
        Answer stored = invokeTwice("StoreFunction", platform.request(Map.of("order", "ORDER#train#1")));
        assertThat(stored.body().at("/run/execution").asText()).isEqualTo("run-1");
        assertThat(platform.step().status()).isEqualTo(StepStatus.SUCCEEDED);
    }

    @Test
    void a_failure_is_routed_and_one_for_good_is_told_by_the_name_of_its_class() {
        Map<String, Object> error = Map.of(
                "Error",
                "States.TaskFailed",
                "Cause",
                "{\"StopCode\":\"TaskFailedToStart\",\"Containers\":[{\"Name\":\"main\",\"Reason\":"
                        + "\"CannotPullContainerError: pull image manifest has been retried 1 time(s)\"}]}");
        Answer routed =
                invokeTwice("RouteFunction", platform.request(Map.of("order", "ORDER#train#1", "error", error)));
        assertThat(routed.body().path("attempt").asInt()).isEqualTo(2);
        assertThat(platform.step().status()).isEqualTo(StepStatus.RETRYING);

        Map<String, Object> exit = Map.of(
                "Error",
                "States.TaskFailed",
                "Cause",
                "{\"StopCode\":\"EssentialContainerExited\",\"Containers\":[{\"Name\":\"main\",\"ExitCode\":3}]}");
        try (LambdaProcess route = platform.function(jar, "RouteFunction")) {
            Map<String, Object> second =
                    platform.request(Map.<String, Object>of("attempt", 2, "order", "ORDER#train#2", "error", exit));
            Answer failed = route.invoke(Json.tree(second));

            assertThat(failed.failed()).isTrue();
            assertThat(failed.body().path("errorType").asText()).isEqualTo("io.crois.runtime.lambda.ExitCode");
            assertThat(failed.body().path("errorMessage").asText()).contains("\"exitCode\":3");
        }
    }

    @Test
    void reconcile_replays_events_whose_handlers_died_and_nothing_goes_back() {
        invokeTwice("PrepareFunction", platform.request(Map.of("kind", "step")));
        try (LambdaProcess status = platform.function(jar, "StatusFunction")) {
            status.invoke(MotoPlatform.taskEvent("STOPPED"));
        }
        StepItem before = platform.step();
        platform.leaveDead(MotoPlatform.taskEvent("RUNNING"));
        platform.leaveDead(Json.tree(Map.of("requestPayload", MotoPlatform.taskEvent("STOPPED"))));

        try (LambdaProcess reconcile = platform.function(jar, "ReconcileFunction")) {
            JsonNode summary = reconcile.invoke(Json.parse("{}")).body();

            assertThat(summary.path("redelivered").asInt()).isEqualTo(2);
        }
        assertThat(platform.deadEvents()).isZero();
        assertThat(platform.step()).isEqualTo(before);
    }

    /** Lambda may invoke a function twice for one event; both answers are the same. */
    private Answer invokeTwice(String function, Map<String, Object> request) {
        JsonNode event = Json.tree(request);
        try (LambdaProcess process = platform.function(jar, function)) {
            Answer first = process.invoke(event);
            assertThat(first.failed()).as("%s", first.body()).isFalse();
            assertThat(process.invoke(event)).isEqualTo(first);
            return first;
        }
    }
}
