package io.crois.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.crois.contract.Json;
import io.crois.execution.Execution;
import io.crois.execution.LogLine;
import io.crois.execution.TimelineEntry;
import io.crois.testkit.container.ContainerScript;
import io.crois.workflow.Arguments;
import io.crois.workflow.Backend;
import io.crois.workflow.CroisException;
import io.crois.workflow.ExitCode;
import io.crois.workflow.Parameter;
import io.crois.workflow.Resources;
import io.crois.workflow.Retry;
import io.crois.workflow.Size;
import io.crois.workflow.Workflow;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What containers print reaches the streams that their definitions name, and is found there again. */
final class StepLogsTest {
    private static final Parameter<JsonNode> GRID = Parameter.json("grid");

    private final CroisTestkit testkit = CroisTestkit.create();

    @Test
    void the_last_lines_of_a_task_and_of_a_job_are_told() {
        for (Backend backend : List.of(Backend.FARGATE, Backend.BATCH)) {
            testkit.containers().step("train", ContainerScript.succeeds().prints("one\ntwo\nthree\n"));

            Execution execution = testkit.run(workflow(backend), Arguments.none());

            assertThat(texts(execution.logs("train").tail(2)))
                    .as(backend.name())
                    .containsExactly("two", "three");
            assertThat(texts(execution.logs("train").tail(100))).containsExactly("one", "two", "three");
            assertThat(execution.logs("train").tail(1).get(0).time()).isAfter(execution.submittedAt());
        }
    }

    private static Workflow workflow(Backend backend) {
        return Workflow.builder()
                .name("training")
                .step("train", s -> s.image("demo/train:1").backend(backend))
                .build();
    }

    @Test
    void an_iteration_is_named_by_its_path_and_a_quiet_container_has_no_lines() {
        testkit.containers().step("tune[1]/fit", ContainerScript.succeeds().prints("second\n"));
        Workflow workflow = Workflow.builder()
                .name("tuning")
                .parameter(GRID)
                .forEach("tune", GRID, (body, item) -> body.step("fit", s -> s.image("demo/fit:1")))
                .build();

        Execution execution =
                testkit.run(workflow, Arguments.none().with(GRID, Json.parse("[{\"a\": 1}, {\"a\": 2}]")));

        assertThat(texts(execution.logs("tune[1]/fit").tail(10))).containsExactly("second");
        assertThat(execution.logs("tune[0]/fit").tail(10)).isEmpty();
        assertThatThrownBy(() -> execution.logs("fit").tail(10))
                .isInstanceOf(CroisException.class)
                .hasMessage("Step `fit` of this execution has no log: no such step has begun. Execution.steps() tells"
                        + " which have.");
        assertThatThrownBy(() -> execution.logs("tune[0]/fit").tail(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("lines must be from 1 to 10000, but was 0.");
    }

    @Test
    void a_follower_gets_every_line_until_the_attempt_is_over() throws InterruptedException {
        String printed = IntStream.range(0, 12_000).mapToObj(Integer::toString).collect(Collectors.joining("\n"));
        testkit.containers()
                .step(
                        "train",
                        ContainerScript.succeeds().takes(Duration.ofHours(2)).prints(printed));
        Execution execution = testkit.crois().submit(workflow(Backend.FARGATE), Arguments.none(), "run-1");
        testkit.loop().advance(Duration.ofMinutes(1));
        List<String> lines = new ArrayList<>();

        execution.logs("train").follow(line -> lines.add(line.text()));

        assertThat(lines).hasSize(12_000).startsWith("0", "1").endsWith("11999");
        assertThat(texts(execution.logs("train").tail(10_000))).hasSize(10_000).startsWith("2000");
    }

    @Test
    void the_streams_of_a_project_begin_with_its_name() {
        testkit.containers().step("train", ContainerScript.succeeds().prints("x"));
        testkit.run(workflow(Backend.FARGATE), Arguments.none());
        String task = testkit.aws()
                .ecs()
                .listTasks(request -> request.cluster("crois").desiredStatus("STOPPED"))
                .taskArns()
                .get(0);

        assertThat(testkit.aws()
                        .logs()
                        .getLogEvents(request -> request.logGroupName("/crois/tasks")
                                .logStreamName("crois-test-tasks/main/" + task.substring(task.lastIndexOf('/') + 1)))
                        .events())
                .hasSize(1);
    }

    @Test
    void the_timeline_has_every_attempt_with_its_times_and_costs() {
        testkit.containers()
                .step("train", 1, ContainerScript.runsOutOfMemory().takes(Duration.ofMinutes(10)))
                .step(
                        "train",
                        2,
                        ContainerScript.succeeds()
                                .queuedFor(Duration.ofMinutes(5))
                                .takes(Duration.ofHours(2)));
        Workflow workflow = Workflow.builder()
                .name("training")
                .step(
                        "train",
                        s -> s.image("demo/train:1")
                                .resources(Resources.cpu(4).memory(Size.gib(16)))
                                .retry(Retry.on(ExitCode.OUT_OF_MEMORY)))
                .step("report", s -> s.image("demo/report:1"))
                .build();

        Execution execution = testkit.run(workflow, Arguments.none());

        List<TimelineEntry> timeline = execution.timeline();
        TimelineEntry second = timeline.stream()
                .filter(entry -> entry.step().equals("train"))
                .reduce((a, b) -> b)
                .orElseThrow();
        assertThat(second.attempt()).isEqualTo(2);
        assertThat(second.waiting()).isBetween(Duration.ofMinutes(5), Duration.ofMinutes(6));
        assertThat(second.running())
                .isBetween(Duration.ofHours(2), Duration.ofHours(2).plusMinutes(1));
        assertThat(second.cost(0.04, 0.005)).isCloseTo(2 * (4 * 0.04 + 16 * 0.005), Offset.offset(0.01));
        assertThat(timeline.get(timeline.size() - 1).step()).isEqualTo("report");
    }

    @Test
    void a_local_process_prints_into_the_same_logs(@TempDir Path store) throws InterruptedException {
        try (LocalCrois local = LocalCrois.builder()
                .store(store)
                .image("demo/train:1", "/bin/sh", "-c", "echo printed")
                .build()) {
            Execution execution = local.crois().submit(workflow(Backend.FARGATE), Arguments.none());
            List<String> lines = new ArrayList<>();
            execution.await();
            execution.logs("train").follow(line -> lines.add(line.text()));

            assertThat(lines).contains("printed");
        }
    }

    private static List<String> texts(List<LogLine> lines) {
        return lines.stream().map(LogLine::text).toList();
    }
}
