package io.crois.testkit.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.crois.contract.ArtifactProduct;
import io.crois.contract.OrderLocation;
import io.crois.contract.ResultProduct;
import io.crois.contract.TaskReport;
import io.crois.testkit.container.ContainerEnd;
import io.crois.testkit.container.ContainerListener;
import io.crois.testkit.container.ContainerRequest;
import io.crois.testkit.container.LocalProcessContainers;
import io.crois.testkit.container.RunningContainer;
import io.crois.workflow.ArtifactKind;
import io.crois.workflow.ValueType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Holds local processes to what containers do: real children, real files, and nothing left behind. */
final class LocalProcessContainersTest {

    private final Platform platform = new Platform();
    private final Queue<String> told = new ConcurrentLinkedQueue<>();
    private final Queue<String> lines = new ConcurrentLinkedQueue<>();

    @TempDir
    private Path folder;

    private LocalProcessContainers containers = builder(4).build();

    private LocalProcessContainers.Builder builder(int parallelism) {
        return LocalProcessContainers.builder(platform.containers)
                .image("demo/shell:1", "/bin/sh", "-c")
                .image("demo/hello:1", LocalProcessContainers.javaCommand(Hello.class))
                .parallelism(parallelism)
                .grace(Duration.ofMinutes(1))
                .output((request, line) -> {
                    lines.add(line);
                    platform.loop.post(() -> {}); // lets the loop look again
                });
    }

    /** Stands for the program of an image. */
    static final class Hello {

        private Hello() {}

        /** Greets whom it is given. */
        public static void main(String[] arguments) {
            System.out.println("Hello, " + arguments[0] + ".");
        }
    }

    @AfterEach
    void close() {
        containers.close();
    }

    private RunningContainer start(String image, String order) {
        return containers.run(
                new ContainerRequest("id", image, List.of(), Map.of(OrderLocation.VARIABLE, order), 1, 2_048),
                new ContainerListener() {
                    @Override
                    public void placed() {
                        told.add("placed");
                    }

                    @Override
                    public void started() {
                        told.add("started");
                    }

                    @Override
                    public void ended(ContainerEnd end) {
                        told.add(end.kind() + " " + end.exitCode());
                    }
                });
    }

    @Test
    void a_process_reads_parameters_and_leaves_results_and_artifacts() {
        String script = "grep -q hello $CROIS_PARAMETERS && echo '{\"auc\": 0.7}' > $CROIS_RESULTS"
                + " && echo weights > $CROIS_OUTPUTS/model && echo done";
        start(
                "demo/shell:1",
                platform.order(
                        "",
                        "train",
                        1,
                        List.of(new ArtifactProduct("model", ArtifactKind.FILE, false)),
                        List.of(new ResultProduct("auc", ValueType.NUMBER)),
                        600,
                        script));
        platform.loop.runUntilIdle();

        TaskReport report = platform.report("", "train", 1);
        assertThat(told).containsExactly("placed", "started", "EXITED 0");
        assertThat(lines).containsExactly("done");
        assertThat(report.failure()).isNull();
        assertThat(report.results().get("auc").asDouble()).isEqualTo(0.7);
        assertThat(report.outputs())
                .singleElement()
                .satisfies(output -> assertThat(output.bytes()).isEqualTo(8));
    }

    @Test
    void a_class_of_this_jvm_can_stand_for_an_image() {
        start("demo/hello:1", platform.order("", "greet", 1, "Crois"));
        platform.loop.runUntilIdle();

        assertThat(told).contains("EXITED 0");
        assertThat(lines)
                .filteredOn(line -> !line.startsWith("Picked up ")) // a JVM of whose options the environment tells
                .containsExactly("Hello, Crois.");
    }

    @Test
    void exit_codes_pass_through() {
        start("demo/shell:1", platform.order("", "train", 1, "echo broken >&2; exit 3"));
        platform.loop.runUntilIdle();

        assertThat(told).contains("EXITED 3");
        assertThat(lines).containsExactly("broken");
    }

    @Test
    void an_image_that_nothing_stands_for_cannot_be_pulled() {
        start("demo/unknown:1", platform.order("", "train", 1, "true"));
        platform.loop.runUntilIdle();

        assertThat(told).containsExactly("placed", "NOT_PULLED null");
    }

    @Test
    void a_container_that_is_no_step_cannot_be_started() {
        start("demo/shell:1", "");
        platform.loop.runUntilIdle();

        assertThat(told).containsExactly("placed", "NOT_STARTED null");
    }

    @Test
    void a_stopped_command_gets_sigterm_and_what_it_wrote_is_stored() {
        String script = "trap 'echo partial > $CROIS_OUTPUTS/model; exit 9' TERM; echo up; while :; do sleep 0.1; done";
        RunningContainer container = start(
                "demo/shell:1",
                platform.order(
                        "",
                        "train",
                        1,
                        List.of(new ArtifactProduct("model", ArtifactKind.FILE, false)),
                        List.of(),
                        600,
                        script));
        awaitLine("up");

        container.stop();
        platform.loop.runUntilIdle();

        assertThat(told).contains("EXITED 9");
        assertThat(platform.report("", "train", 1).outputs())
                .singleElement()
                .satisfies(output -> assertThat(output.partial()).isTrue());
    }

    @Test
    void more_containers_than_the_parallelism_wait_for_a_worker() {
        containers.close();
        containers = builder(1).build();
        start("demo/shell:1", platform.order("", "first", 1, "echo up; exec sleep 600"));
        RunningContainer second = start("demo/shell:1", platform.order("", "second", 1, "echo never"));
        awaitLine("up");

        second.stop();
        platform.loop.runUntil(() -> told.contains("NOT_STARTED null"));

        assertThat(told).containsExactly("placed", "started", "NOT_STARTED null");
        assertThat(lines).containsExactly("up");
    }

    @Test
    void closing_ends_the_processes() {
        start("demo/shell:1", platform.order("", "train", 1, "echo $$; exec sleep 600"));
        awaitLines(1);
        long process = Long.parseLong(lines.element());

        containers.close();

        assertThat(ProcessHandle.of(process).map(ProcessHandle::isAlive).orElse(false))
                .isFalse();
    }

    @Test
    void folders_are_gone_and_logs_stay() throws IOException {
        containers.close();
        containers = builder(1)
                .folder(folder.resolve("work"))
                .logs(folder.resolve("logs"))
                .build();

        start("demo/shell:1", platform.order("tune[3]/", "fit", 1, "echo out; echo err >&2; touch left; pwd"));
        platform.loop.runUntilIdle();

        try (Stream<Path> left = Files.list(folder.resolve("work"))) {
            assertThat(left).isEmpty();
        }
        assertThat(Files.readString(folder.resolve("logs").resolve("demo-run-1-tune[3]-fit-1.log")))
                .contains("out\n", "err\n", folder.resolve("work").toRealPath().toString());
    }

    /** Runs the loop until a process has printed a line. */
    private void awaitLine(String line) {
        assertThat(platform.loop.runUntil(() -> lines.contains(line))).isTrue();
    }

    private void awaitLines(int count) {
        assertThat(platform.loop.runUntil(() -> lines.size() >= count)).isTrue();
    }
}
