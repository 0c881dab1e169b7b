package io.crois.testkit.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.crois.contract.ArtifactProduct;
import io.crois.contract.OrderLocation;
import io.crois.contract.ResultProduct;
import io.crois.contract.StoredArtifact;
import io.crois.contract.TaskReport;
import io.crois.runtime.agent.CommandEnd;
import io.crois.testkit.container.ContainerEnd;
import io.crois.testkit.container.ContainerListener;
import io.crois.testkit.container.ContainerRequest;
import io.crois.testkit.container.ContainerScript;
import io.crois.testkit.container.ScriptedContainers;
import io.crois.workflow.ArtifactKind;
import io.crois.workflow.ValueType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Holds scripted containers to their promise: the real agent, a made-up command, and no time at all. */
final class ScriptedContainersTest {

    private final Platform platform = new Platform();
    private final ScriptedContainers containers = ScriptedContainers.create(platform.containers);
    private final List<ContainerEnd> ends = new ArrayList<>();

    private void run(String order) {
        run(Map.of(OrderLocation.VARIABLE, order));
    }

    private void run(Map<String, String> environment) {
        containers.run(
                new ContainerRequest("id", "demo/train:1", List.of(), environment, 1, 2_048), new ContainerListener() {
                    @Override
                    public void placed() {}

                    @Override
                    public void started() {}

                    @Override
                    public void ended(ContainerEnd end) {
                        ends.add(end);
                    }
                });
        platform.loop.runUntilIdle();
    }

    @Test
    void without_a_script_everything_that_is_declared_is_made_up() {
        run(platform.order(
                "",
                "train",
                1,
                List.of(
                        new ArtifactProduct("model", ArtifactKind.FILE, false),
                        new ArtifactProduct("charts", ArtifactKind.FOLDER, false),
                        new ArtifactProduct("extra", ArtifactKind.FILE, true)),
                List.of(
                        new ResultProduct("auc", ValueType.NUMBER),
                        new ResultProduct("rows", ValueType.INTEGER),
                        new ResultProduct("name", ValueType.TEXT),
                        new ResultProduct("good", ValueType.BOOLEAN),
                        new ResultProduct("more", ValueType.JSON)),
                60));

        TaskReport report = platform.report("", "train", 1);
        assertThat(ends).containsExactly(ContainerEnd.exited(0));
        assertThat(report.failure()).isNull();
        assertThat(report.outputs()).extracting(StoredArtifact::artifact).containsExactly("model", "charts");
        assertThat(report.results().toString())
                .contains("auc=0.5", "rows=1", "name=\"made up\"", "good=true", "more={}");
    }

    @Test
    void a_script_names_results_and_artifacts() {
        containers.step(
                "train",
                ContainerScript.succeeds()
                        .result("auc", 0.83)
                        .file("model", "weights")
                        .folder("charts", Map.of("a.txt", "A", "b/c.txt", "C")));

        run(platform.order(
                "",
                "train",
                1,
                List.of(
                        new ArtifactProduct("model", ArtifactKind.FILE, false),
                        new ArtifactProduct("charts", ArtifactKind.FOLDER, false)),
                List.of(new ResultProduct("auc", ValueType.NUMBER)),
                60));

        TaskReport report = platform.report("", "train", 1);
        assertThat(report.results().get("auc").asDouble()).isEqualTo(0.83);
        assertThat(report.outputs()).extracting(StoredArtifact::files).containsExactly(1L, 2L);
        assertThat(platform.s3
                        .getObjectAsBytes(request -> request.bucket("crois").key("demo/run-1/train/1/charts/b/c.txt"))
                        .asUtf8String())
                .isEqualTo("C");
    }

    @Test
    void the_most_precise_script_counts() {
        containers
                .otherwise(ContainerScript.exits(1))
                .image("demo/train:1", ContainerScript.exits(2))
                .step("fit", ContainerScript.exits(3))
                .step("fit", 2, ContainerScript.exits(4))
                .step("tune[3]/fit", ContainerScript.exits(5));

        run(platform.order("", "other", 1));
        run(platform.order("tune[0]/", "fit", 1));
        run(platform.order("tune[0]/", "fit", 2));
        run(platform.order("tune[3]/", "fit", 2));

        assertThat(ends).extracting(ContainerEnd::exitCode).containsExactly(2, 3, 4, 5);
    }

    @Test
    void the_phases_of_the_report_show_the_time_that_the_command_took() {
        containers.step("train", ContainerScript.succeeds().takes(Duration.ofHours(3)));

        run(platform.order("", "train", 1));

        TaskReport.Phase phase = platform.report("", "train", 1).phases().get("run");
        assertThat(Duration.between(phase.start(), phase.end())).isEqualTo(Duration.ofHours(3));
    }

    @Test
    void a_command_that_takes_longer_than_its_run_budget_is_stopped_by_the_agent() {
        containers.step("train", ContainerScript.succeeds().takes(Duration.ofHours(3)));
        Instant start = platform.loop.now();

        run(platform.order("", "train", 1, List.of(), List.of(), 60));

        assertThat(ends).containsExactly(ContainerEnd.exited(245));
        assertThat(Duration.between(start, platform.loop.now())).isLessThan(Duration.ofMinutes(2));
    }

    @Test
    void a_command_may_be_written_in_java() {
        containers.step("train", ContainerScript.runs((command, stop) -> {
            String greeting = command.order().parameters().get("greeting").asText();
            write(command.results(), "{\"said\": \"" + greeting + "\"}");
            return CommandEnd.of(0);
        }));

        run(platform.order("", "train", 1, List.of(), List.of(new ResultProduct("said", ValueType.TEXT)), 60));

        assertThat(platform.report("", "train", 1).results().get("said").asText())
                .isEqualTo("hello");
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void a_declared_result_of_the_wrong_type_is_found_by_the_agent() {
        containers.step("train", ContainerScript.succeeds().result("auc", "high"));

        run(platform.order("", "train", 1, List.of(), List.of(new ResultProduct("auc", ValueType.NUMBER)), 60));

        assertThat(ends).containsExactly(ContainerEnd.exited(244));
    }

    @Test
    void a_container_without_an_order_only_ends() {
        containers.image("demo/train:1", ContainerScript.exits(7));

        run(Map.of());

        assertThat(ends).containsExactly(ContainerEnd.exited(7));
    }

    @Test
    void an_order_that_cannot_be_read_ends_as_the_agent_ends() {
        run("nonsense");
        run("crois/demo%23run-1/ORDER%23none%231");

        assertThat(ends).containsExactly(ContainerEnd.exited(240), ContainerEnd.exited(240));
    }

    @Test
    void a_thousand_steps_pass_in_time_of_the_loop_alone() {
        containers.otherwise(ContainerScript.succeeds().takes(Duration.ofHours(5)));

        for (int step = 0; step < 1_000; step++) {
            run(platform.order(
                    "",
                    "step-" + step,
                    1,
                    List.of(new ArtifactProduct("model", ArtifactKind.FILE, false)),
                    List.of(new ResultProduct("auc", ValueType.NUMBER)),
                    86_400));
        }

        assertThat(ends).hasSize(1_000).allMatch(end -> Integer.valueOf(0).equals(end.exitCode()));
    }
}
