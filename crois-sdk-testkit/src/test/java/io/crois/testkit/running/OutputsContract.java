package io.crois.testkit.running;

import static io.crois.testkit.running.RunningWorld.training;
import static org.assertj.core.api.Assertions.assertThat;

import io.crois.contract.ItemKey;
import io.crois.contract.Json;
import io.crois.contract.Machine;
import io.crois.contract.Run;
import io.crois.contract.StepItem;
import io.crois.contract.StepStatus;
import io.crois.contract.StoredArtifact;
import io.crois.contract.TaskReport;
import io.crois.execution.Execution;
import io.crois.execution.LogLine;
import io.crois.execution.UsageReport;
import io.crois.workflow.Arguments;
import io.crois.workflow.Artifact;
import io.crois.workflow.ArtifactKind;
import io.crois.workflow.Backend;
import io.crois.workflow.Result;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.cloudwatchlogs.model.InputLogEvent;
import software.amazon.awssdk.services.s3.model.S3Object;

/** What steps leave is read back, wherever DynamoDB, Amazon S3 and CloudWatch Logs come from. */
abstract class OutputsContract {
    private static final Run RUN = Run.of(RunningWorld.PROJECT, "run-1");
    private static final String TASK = "arn:aws:ecs:us-east-1:123456789012:task/crois/0f1e2d3c4b5a";
    private static final String GROUP = "/crois/tasks";
    private static final String STREAM = "crois-demo-tasks/main/0f1e2d3c4b5a";
    private static final Result<Double> AUC = Result.number("auc");
    private static final Artifact MODEL = Artifact.file("model");
    private static final Artifact PLOTS = Artifact.folder("plots");

    private RunningWorld world;
    private Execution execution;

    /** Returns an account in which nothing has run. */
    abstract RunningWorld world();

    @BeforeEach
    void start() {
        world = world();
        execution = world.crois.submit(training("demo/train:1"), Arguments.none(), RUN.execution());
    }

    @Test
    void the_last_lines_of_a_task_are_told_and_none_before_it_has_printed() {
        step(StepStatus.RUNNING);
        List<LogLine> before = execution.logs("train").tail(10);
        print(1_500);

        List<LogLine> last = execution.logs("train").tail(1_200);

        assertThat(before).isEmpty();
        assertThat(last).hasSize(1_200);
        assertThat(last.get(0).text()).isEqualTo("line 300");
        assertThat(last.get(1_199).text()).isEqualTo("line 1499");
        assertThat(execution.logs("train").tail(10_000)).hasSize(1_500);
    }

    @Test
    void a_follower_of_a_task_that_is_over_gets_every_line_once() throws InterruptedException {
        step(StepStatus.SUCCEEDED);
        print(1_500);
        List<String> lines = new ArrayList<>();

        execution.logs("train").follow(line -> lines.add(line.text()));

        assertThat(lines)
                .hasSize(1_500)
                .doesNotHaveDuplicates()
                .startsWith("line 0")
                .endsWith("line 1499");
    }

    @Test
    void results_and_a_file_are_read_from_where_they_lie() throws IOException {
        world.table.put(ItemKey.result(RUN, "", "auc"), Json.tree(0.83));
        publish("model", ArtifactKind.FILE, "demo/run-1/train/1/model", Map.of("", "weights"));

        assertThat(execution.result(AUC)).isEqualTo(0.83);
        try (InputStream content = execution.artifact(MODEL).open()) {
            assertThat(new String(content.readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo("weights");
        }
        assertThat(execution.findArtifact(PLOTS)).isEmpty();
    }

    @Test
    void a_folder_is_copied_by_its_manifest(@TempDir Path target) throws IOException {
        String manifest = "{\"entries\":[{\"path\":\"a.txt\",\"bytes\":1,\"sha256\":\"x\",\"executable\":false},"
                + "{\"path\":\"b/run.sh\",\"bytes\":1,\"sha256\":\"x\",\"executable\":true}],\"folders\":[\"empty\"]}";
        publish(
                "plots",
                ArtifactKind.FOLDER,
                "demo/run-1/train/1/plots/",
                Map.of("a.txt", "A", "b/run.sh", "B", "manifest", manifest));

        execution.artifact(PLOTS).copyTo(target);

        assertThat(target.resolve("a.txt")).hasContent("A");
        assertThat(target.resolve("b/run.sh")).hasContent("B").isExecutable();
        assertThat(target.resolve("empty")).isEmptyDirectory();
    }

    @Test
    void what_attempts_took_is_summed_up_of_their_reports() {
        step(StepStatus.SUCCEEDED);
        Instant begin = execution.submittedAt().plus(Duration.ofMinutes(5));
        TaskReport.Phase run = new TaskReport.Phase(begin, begin.plus(Duration.ofHours(2)));
        world.table.put(
                ItemKey.report(RUN, "train", 1),
                new TaskReport(
                        RUN, "train", 1, 0, null, List.of(), Map.of(), Map.of("run", run), 0, 0, 1L << 30, 1_000));

        UsageReport usage = world.door().execution("run-1").orElseThrow().usage();

        assertThat(usage.running()).isEqualTo(Duration.ofHours(2));
        assertThat(usage.queued()).isEqualTo(Duration.ofMinutes(5));
        assertThat(usage.attempts())
                .singleElement()
                .satisfies(attempt -> assertThat(attempt.machine()).isEqualTo(new Machine(4, 16_384, 0, 0)));
    }

    @Test
    void a_value_that_is_too_large_for_the_table_is_read_from_the_bucket() {
        String large = "x".repeat(500_000);
        world.table.put(ItemKey.result(RUN, "", "text"), Json.tree(large));

        assertThat(execution.result(Result.text("text"))).isEqualTo(large);
        assertThat(world.clients
                        .s3()
                        .listObjectsV2(request -> request.bucket("crois").prefix("_control/demo/run-1/overflow/"))
                        .contents())
                .extracting(S3Object::key)
                .hasSize(1);
    }

    private void step(StepStatus status) {
        Instant submitted = execution.submittedAt();
        Instant end = status.ended() ? submitted.plus(Duration.ofHours(3)) : null;
        StepItem item = new StepItem(
                RUN,
                "train",
                status,
                1,
                Backend.FARGATE,
                new Machine(4, 16_384, 0, 0),
                TASK,
                submitted,
                submitted.plusSeconds(60),
                end,
                null,
                null);
        assertThat(world.table.advance(item, List.of())).isTrue();
    }

    private void print(int lines) {
        world.clients.logs().createLogGroup(request -> request.logGroupName(GROUP));
        world.clients
                .logs()
                .createLogStream(request -> request.logGroupName(GROUP).logStreamName(STREAM));
        long now = System.currentTimeMillis();
        for (int from = 0; from < lines; from += 500) {
            List<InputLogEvent> events = new ArrayList<>();
            for (int i = from; i < from + 500; i++) {
                events.add(InputLogEvent.builder()
                        .timestamp(now + i)
                        .message("line " + i)
                        .build());
            }
            world.clients
                    .logs()
                    .putLogEvents(request ->
                            request.logGroupName(GROUP).logStreamName(STREAM).logEvents(events));
        }
    }

    private void publish(String artifact, ArtifactKind kind, String key, Map<String, String> files) {
        files.forEach((path, content) -> {
            String where = path.equals("manifest") ? key.substring(0, key.length() - 1) + ".manifest.json" : key + path;
            world.clients
                    .s3()
                    .putObject(request -> request.bucket("crois").key(where), RequestBody.fromString(content));
        });
        world.table.put(
                ItemKey.artifact(RUN, "", artifact),
                new StoredArtifact(artifact, kind, "crois", key, 1, files.size(), "x", false));
    }
}
