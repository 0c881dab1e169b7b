package io.crois.runtime.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The program `agent` as it lies in the repository, with a shell in the place of the agent. */
final class FirstProcessTest {
    /** How a shell says RESULT 7 through the control pipe. */
    private static final String RESULT_7 = "printf '\\004\\000\\000\\000\\007\\000\\000\\000' >&@";

    @TempDir
    private Path home;

    @BeforeEach
    void install() throws IOException {
        boolean linux = System.getProperty("os.name").equals("Linux")
                && System.getProperty("os.arch").equals("amd64");
        Assumptions.assumeTrue(linux, "The first process is there for Linux on x86-64 only.");
        try (InputStream in = Objects.requireNonNull(FirstProcessTest.class.getResourceAsStream("agent-x86_64"))) {
            Files.copy(in, home.resolve("agent"));
        }
        assertThat(home.resolve("agent").toFile().setExecutable(true)).isTrue();
    }

    @Test
    void it_ends_with_the_code_that_the_agent_sends() throws Exception {
        start("exec 3>&1; " + RESULT_7);

        assertThat(run(Map.of()).code()).isEqualTo(7);
    }

    @Test
    void an_agent_that_ends_without_a_result_has_failed_whatever_its_code() throws Exception {
        start("exit 0");

        assertThat(run(Map.of())).isEqualTo(new End(249, "The Crois agent ended without a result.\n"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "trap - TERM; kill -TERM $PPID; exec sleep 600",
                "trap 'exit 143' TERM; kill -TERM $PPID; while :; do :; done"
            })
    void an_agent_that_a_stop_ends_before_it_can_answer_was_stopped(String script) throws Exception {
        start(script);

        assertThat(run(Map.of()))
                .isEqualTo(new End(143, "The container was stopped before the Crois agent had started.\n"));
    }

    @Test
    void an_agent_that_ends_by_itself_as_if_it_had_been_stopped_has_failed() throws Exception {
        start("exit 143");

        assertThat(run(Map.of())).isEqualTo(new End(249, "The Crois agent ended without a result.\n"));
    }

    @Test
    void an_agent_that_is_killed_has_failed() throws Exception {
        start("kill -9 $$");

        assertThat(run(Map.of()))
                .isEqualTo(
                        outOfMemory()
                                ? new End(
                                        137,
                                        "The Crois agent was killed because the container used more memory than it had.\n")
                                : new End(249, "The Crois agent was ended by signal 9.\n"));
    }

    /** Returns whether memory ran out ever before in the container, if any, in which this test runs. */
    private static boolean outOfMemory() throws IOException {
        for (String file : List.of("memory.events", "memory/memory.oom_control")) {
            Path events = Path.of("/sys/fs/cgroup", file);
            if (Files.isReadable(events) && Files.readString(events).matches("(?s).*oom_kill [1-9].*")) {
                return true;
            }
        }
        return false;
    }

    @Test
    void arguments_and_the_folder_reach_the_agent() throws Exception {
        start("echo $0 $1 %; " + RESULT_7);

        assertThat(run(Map.of(), "one", "two").printed()).isEqualTo("one two " + home + "\n");
    }

    @Test
    void variables_for_the_C_library_and_for_Java_are_hidden_from_the_agent_and_given_to_the_command()
            throws Exception {
        Map<String, String> image = Map.of("JAVA_TOOL_OPTIONS", "-Dx", "LC_ALL", "C", "OTHER", "y");
        Files.writeString(home.resolve("agent.start"), "OWN=z\n/usr/bin/env\n");

        assertThat(run(image).printed().lines())
                .contains("~AVA_TOOL_OPTIONS=-Dx", "~C_ALL=C", "OTHER=y", "OWN=z")
                .doesNotContain("JAVA_TOOL_OPTIONS=-Dx", "LC_ALL=C");

        Files.writeString(home.resolve("agent.start"), "%/agent\n--exec\nenv\n");

        assertThat(run(image).printed().lines()).contains("JAVA_TOOL_OPTIONS=-Dx", "LC_ALL=C", "OTHER=y");
    }

    @Test
    void a_command_leads_a_process_group_of_its_own() throws Exception {
        End end = run(Map.of(), "--exec", "sh", "-c", "[ $(cut -d' ' -f5 /proc/$$/stat) = $$ ] && exit 5");

        assertThat(end.code()).isEqualTo(5);
    }

    @Test
    void a_script_without_an_interpreter_is_run_by_a_shell() throws Exception {
        Path script = Files.writeString(home.resolve("script"), "echo \"$1\"; exit 6\n");
        assertThat(script.toFile().setExecutable(true)).isTrue();

        assertThat(run(Map.of(), "--exec", script.toString(), "it ran")).isEqualTo(new End(6, "it ran\n"));
    }

    @Test
    void a_command_that_is_missing_or_cannot_be_executed_ends_as_in_a_shell() throws Exception {
        assertThat(run(Map.of(), "--exec", "no-such-command"))
                .isEqualTo(new End(127, "Command `no-such-command` was not found in this image.\n"));
        assertThat(run(Map.of(), "--exec", "/etc/passwd"))
                .isEqualTo(new End(126, "Command `/etc/passwd` cannot be executed in this image.\n"));
        assertThat(run(Map.of(), "--exec", "").code()).isEqualTo(127);
    }

    @Test
    void orphans_become_its_children_and_are_reaped() throws Exception {
        start("for i in 1 2 3 4 5 6 7 8 9; do orphan=$( (sleep 600 > /dev/null & echo $!) ); "
                + "grep -q \"^PPid:.$PPID$\" /proc/$orphan/status || echo $orphan is no child; kill -9 $orphan; "
                + "for tries in $(seq 600); do [ -d /proc/$orphan ] || break; sleep 0.1; done; "
                + "[ ! -d /proc/$orphan ] || echo $orphan is not reaped; done; "
                + RESULT_7);

        assertThat(run(Map.of())).isEqualTo(new End(7, ""));
    }

    @Test
    void without_its_start_file_it_says_so() throws Exception {
        assertThat(run(Map.of()))
                .isEqualTo(
                        new End(249, "The Crois agent could not be started: `agent.start` beside it cannot be read\n"));
    }

    private void start(String script) throws IOException {
        Files.writeString(home.resolve("agent.start"), "/bin/sh\n-c\n" + script + "\n");
    }

    private End run(Map<String, String> environment, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(home.resolve("agent").toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "LC_ALL"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new End(process.waitFor(), printed);
    }

    private record End(int code, String printed) {}
}
