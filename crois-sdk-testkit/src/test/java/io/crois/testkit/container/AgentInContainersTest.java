package io.crois.testkit.container;

import static org.assertj.core.api.Assertions.assertThat;

import io.crois.contract.ResultProduct;
import io.crois.contract.StoredArtifact;
import io.crois.contract.TaskReport;
import io.crois.workflow.FailureClass;
import io.crois.workflow.ValueType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The agent in real containers, where it is the entry point of images that know nothing of it. */
final class AgentInContainersTest {
    private static ContainerWorld world;

    @BeforeAll
    static void open() throws Exception {
        world = ContainerWorld.open();
    }

    @AfterAll
    static void close() throws Exception {
        if (world != null) {
            world.close();
        }
    }

    @AfterEach
    void the_secret_that_the_step_was_told_is_nowhere() throws Exception {
        assertThat(new SecretSearch().processes().remains(world).finds()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"debian", "musl", "nobody"})
    void a_step_passes_in_any_image(String image) throws Exception {
        ContainerWorld.Step step = Steps.everything(world, image);
        if (image.equals("nobody")) {
            step.option("--read-only");
        }

        int code = step.exitCode();

        assertThat(code).as(step.printed()).isZero();
        Steps.assertEverything(step);
        TaskReport report = step.report().orElseThrow();
        assertThat(report.peakMemoryBytes()).isBetween(1L << 20, 512L << 20);
    }

    @Test
    void the_same_step_passes_as_a_process_of_this_machine() throws Exception {
        ContainerWorld.Step step = Steps.everything(world, "debian");
        try (LocalProcessContainers processes = LocalProcessContainers.builder(world.platform())
                .image("localhost/crois-test/debian", List.of())
                .output((request, line) -> step.print(line))
                .build()) {
            assertThat(step.startIn(processes).await().exitCode()).isZero();
        }

        Steps.assertEverything(step);
    }

    @Test
    void the_same_step_passes_in_this_process() throws Exception {
        ContainerWorld.Step step = Steps.everything(world, "debian");
        ScriptedContainers scripted = ScriptedContainers.create(world.platform())
                .otherwise(ContainerScript.runs(Steps::everythingInProcess)
                        .queuedFor(Duration.ZERO)
                        .takes(Duration.ZERO));

        assertThat(step.startIn(scripted).await().exitCode()).isZero();

        Steps.assertReport(step);
    }

    @Test
    void a_command_gets_the_environment_of_its_image_and_nothing_of_the_agent() throws Exception {
        ContainerWorld.Step step = world.step("debian", "env | sort; pwd; id -u; cat /proc/self/stat | cut -d' ' -f5")
                .option("-e", "LD_PRELOAD=/no/such.so")
                .option("-e", "JAVA_TOOL_OPTIONS=-Dimage=yes")
                .option("-e", "LC_ALL=POSIX")
                .option("-e", "MALLOC_ARENA_MAX=7")
                .option("--workdir", "/var/lib")
                .option("--user", "1234:1234")
                .variable("JAVA_TOOL_OPTIONS", "-Dstep=yes");

        assertThat(step.exitCode()).isZero();
        assertThat(step.printed().lines())
                .contains("LD_PRELOAD=/no/such.so", "JAVA_TOOL_OPTIONS=-Dstep=yes", "LC_ALL=POSIX")
                .contains("MALLOC_ARENA_MAX=7", "/var/lib", "1234")
                .noneMatch(line -> line.startsWith("~") || line.startsWith("CROIS_ORDER") || line.startsWith("LOCPATH"))
                .noneMatch(line -> line.startsWith("CROIS_STOP") || line.contains("-Dimage"));
    }

    @ParameterizedTest
    @CsvSource({"exit 3, 3", "exit 249, 249", "kill -9 $$, 137", "kill -SEGV $$, 139"})
    void the_exit_code_of_the_command_is_that_of_the_container(String script, int expected) throws Exception {
        ContainerWorld.Step step = world.step("musl", script);

        assertThat(step.exitCode()).isEqualTo(expected);
        assertThat(failure(step).failureClass()).isEqualTo(FailureClass.EXIT_CODE);
    }

    @Test
    void a_command_that_is_missing_ends_with_127_and_one_that_cannot_be_executed_with_126() throws Exception {
        ContainerWorld.Step missing = world.command("musl", "no-such-command");
        ContainerWorld.Step text = world.command("musl", "/etc/passwd");

        assertThat(missing.exitCode()).isEqualTo(127);
        assertThat(missing.printed()).contains("Command `no-such-command` was not found in this image.");
        assertThat(text.exitCode()).isEqualTo(126);
        assertThat(text.printed()).contains("Command `/etc/passwd` cannot be executed in this image.");
    }

    @Test
    void a_command_that_is_stopped_while_it_runs_may_end_in_peace_and_its_outputs_are_kept() throws Exception {
        ContainerWorld.Step step = world.step(
                        "musl",
                        "trap 'echo saved > \"$CROIS_OUTPUTS/model\"; exit 5' TERM; echo up; while :; do sleep 0.1; done")
                .output("model")
                .start()
                .awaitLine("up");
        step.stop();

        assertThat(step.await().exitCode()).isEqualTo(5);
        assertThat(step.stored("model")).isEqualTo("saved\n");
        assertThat(step.report().orElseThrow().outputs())
                .extracting(StoredArtifact::partial)
                .containsExactly(true);
        assertThat(failure(step).message()).isEqualTo("The command was stopped from outside.");
    }

    @Test
    void a_command_that_does_not_heed_the_signal_is_killed_while_there_is_time_for_its_outputs() throws Exception {
        ContainerWorld.Step step = world.step(
                        "musl",
                        "trap '' TERM; echo half > \"$CROIS_OUTPUTS/model\"; echo up; while :; do sleep 0.1; done")
                .output("model")
                .stopWindow(Duration.ofSeconds(12))
                .start()
                .awaitLine("up");
        step.stop();

        assertThat(step.await().exitCode()).isEqualTo(137);
        assertThat(step.stored("model")).isEqualTo("half\n");
    }

    @Test
    void a_container_that_is_stopped_before_the_engine_has_made_it_does_not_run_to_its_end() throws Exception {
        ContainerWorld.Step step =
                world.step("musl", "while :; do sleep 0.1; done").runBudget(60).start();
        step.stop();

        assertThat(step.await().exitCode())
                .as("wherever the signal finds it: before there is anybody, while the agent starts, and later")
                .isIn(137, 143);
    }

    @ParameterizedTest
    @ValueSource(strings = {"HUP", "USR2", "WINCH"})
    void every_signal_reaches_all_processes_of_the_command(String signal) throws Exception {
        ContainerWorld.Step step = world.step(
                        "debian",
                        "trap 'wait; echo parent; exit 7' " + signal + "\n"
                                + "sh -c 'trap \"echo child; exit\" " + signal
                                + "; echo ready; while :; do sleep 0.05; done' &\n"
                                + "while :; do sleep 0.05; done")
                .start()
                .awaitLine("ready");
        step.signal(signal);

        assertThat(step.await().exitCode()).isEqualTo(7);
        assertThat(step.printed().lines()).contains("child", "parent");
    }

    @Test
    void an_image_may_have_a_stop_signal_of_its_own() throws Exception {
        ContainerWorld.Step step = world.step(
                        "musl", "trap 'echo saved; exit 5' INT; echo up; while :; do sleep 0.1; done")
                .option("--stop-signal", "INT")
                .start()
                .awaitLine("up");
        step.stop();

        assertThat(step.await().exitCode()).isEqualTo(5);
        assertThat(failure(step).message()).isEqualTo("The command was stopped from outside.");
    }

    @Test
    void an_attempt_that_is_stopped_while_it_fetches_ends_at_once_and_says_so() throws Exception {
        try (BlackHole s3 = new BlackHole()) {
            ContainerWorld.Step step = world.step("musl", "echo never")
                    .input("dataset.csv", "a,b\n")
                    .option("-e", "AWS_ENDPOINT_URL_S3=" + s3.address())
                    .start();
            s3.awaitCall();
            step.stop();

            assertThat(step.await().exitCode()).isEqualTo(143);
            assertThat(step.printed()).doesNotContain("never");
            assertThat(failure(step).message()).isEqualTo("The command was stopped from outside.");
        }
    }

    @Test
    void an_attempt_that_is_stopped_while_it_uploads_says_in_time_what_it_could_not_store() throws Exception {
        try (BlackHole s3 = new BlackHole()) {
            ContainerWorld.Step step = world.step("musl", "echo half > \"$CROIS_OUTPUTS/model\"")
                    .output("model")
                    .option("-e", "AWS_ENDPOINT_URL_S3=" + s3.address())
                    .stopWindow(Duration.ofSeconds(8))
                    .start();
            s3.awaitCall();
            step.stop();

            assertThat(step.await().exitCode()).isEqualTo(243);
            assertThat(failure(step).failureClass()).isEqualTo(FailureClass.AGENT_FAULT);
            assertThat(failure(step).message()).startsWith("Not all outputs could be stored");
        }
    }

    @Test
    void a_command_over_its_run_budget_is_stopped() throws Exception {
        ContainerWorld.Step step =
                world.step("musl", "while :; do sleep 0.1; done").runBudget(1);

        assertThat(step.exitCode()).isEqualTo(245);
        assertThat(failure(step).failureClass()).isEqualTo(FailureClass.TIMED_OUT);
    }

    @Test
    void orphans_are_reaped_while_the_command_runs_and_end_with_it() throws Exception {
        ContainerWorld.Step step = world.step("debian", """
                i=0; while [ $i -lt 200 ]; do (true & sleep 0.01 &) ; i=$((i+1)); done
                (trap '' TERM HUP; sleep 100000 &)
                sleep 0.5
                looks=0
                until zombies=$(grep -ls '^State:.Z' /proc/[0-9]*/status | wc -l); [ $zombies = 0 ] || [ $looks = 600 ]; do
                    sleep 0.1; looks=$((looks+1))
                done
                echo "zombies $zombies" """);

        assertThat(step.exitCode()).isZero();
        assertThat(step.printed()).contains("zombies 0\n");
    }

    @Test
    void a_command_that_uses_more_memory_than_there_is_fails_for_that() throws Exception {
        ContainerWorld.Step step = world.step("debian", "echo half > \"$CROIS_OUTPUTS/model\"; tail /dev/zero")
                .output("model")
                .memoryMib(256);

        ContainerEnd end = step.start().await();

        assertThat(end.exitCode()).isEqualTo(137);
        assertThat(failure(step).failureClass()).isEqualTo(FailureClass.OUT_OF_MEMORY);
        assertThat(step.stored("model")).isEqualTo("half\n");
        assertThat(step.report().orElseThrow().peakMemoryBytes()).isGreaterThan(150L << 20);
    }

    @Test
    void when_the_agent_is_killed_its_container_ends_with_the_code_for_that_and_leaves_no_report() throws Exception {
        ContainerWorld.Step step = world.step("musl", "echo up; while :; do sleep 0.1; done")
                .start()
                .awaitLine("up");
        long first = step.firstProcess();
        String children = Files.readString(Path.of("/proc/" + first + "/task/" + first + "/children"));
        ProcessHandle.of(Long.parseLong(children.strip().split(" ")[0]))
                .orElseThrow()
                .destroyForcibly();

        assertThat(step.await().exitCode()).isEqualTo(249);
        assertThat(step.printed()).contains("The Crois agent was ended by signal 9.");
        assertThat(step.report()).isEmpty();
    }

    @Test
    void when_the_first_process_is_killed_nothing_is_left() throws Exception {
        ContainerWorld.Step step = world.step("musl", "echo up; while :; do sleep 0.1; done")
                .start()
                .awaitLine("up");
        step.signal("KILL");

        assertThat(step.await()).isEqualTo(ContainerEnd.exited(137));
        assertThat(step.report()).isEmpty();
    }

    @Test
    void a_secret_is_taken_out_of_what_the_command_prints() throws Exception {
        ContainerWorld.Step step = world.step(
                "debian",
                "echo \"it is $PASSWORD\"; printf %s \"$PASSWORD\" | base64; cat $CROIS_SECRETS/password >&2");

        assertThat(step.exitCode()).isZero();
        assertThat(step.printed()).contains("it is ***").doesNotContain(ContainerWorld.SECRET);
    }

    @Test
    void a_result_of_the_wrong_type_is_the_fault_of_the_step() throws Exception {
        ContainerWorld.Step step = world.step("musl", "echo '{\"auc\": \"high\"}' > \"$CROIS_RESULTS\"")
                .result(new ResultProduct("auc", ValueType.NUMBER));

        assertThat(step.exitCode()).isEqualTo(244);
        assertThat(failure(step).failureClass()).isEqualTo(FailureClass.MISSING_OUTPUT);
    }

    private static TaskReport.Failure failure(ContainerWorld.Step step) {
        return Objects.requireNonNull(step.report()
                .orElseThrow(() -> new AssertionError("There is no report; it has printed:\n" + step.printed()))
                .failure());
    }
}
