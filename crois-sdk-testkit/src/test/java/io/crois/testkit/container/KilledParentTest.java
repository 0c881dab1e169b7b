package io.crois.testkit.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.slf4j.Logger;

/** What becomes of the children of a process that is killed by a real SIGKILL. */
@DisabledOnOs(OS.WINDOWS)
final class KilledParentTest {

    @Test
    void children_and_their_children_end_soon_after_their_parent_was_killed() throws Exception {
        Process parent = start("sleep 600 & echo $!; wait");
        BufferedReader said = said(parent);
        ProcessHandle child = handle(said);
        ProcessHandle grandchild = handle(said);

        parent.destroyForcibly();

        child.onExit().get(60, TimeUnit.SECONDS);
        grandchild.onExit().get(60, TimeUnit.SECONDS);
        assertThat(parent.waitFor()).isEqualTo(137);
    }

    @Test
    void a_child_that_ignores_sigterm_is_killed_after_the_grace_time() throws Exception {
        Process parent = start("trap '' TERM; sleep 600 & echo $!; while :; do wait; done");
        BufferedReader said = said(parent);
        ProcessHandle child = handle(said);
        handle(said);

        parent.destroyForcibly();

        child.onExit().get(60, TimeUnit.SECONDS);
        assertThat(child.isAlive()).isFalse();
    }

    private static Process start(String script) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String classPath = Stream.of(Parent.class, ParentTie.class, Logger.class)
                .map(KilledParentTest::place)
                .collect(Collectors.joining(File.pathSeparator));
        return new ProcessBuilder(java, "-cp", classPath, Parent.class.getName(), script)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static String place(Class<?> type) {
        return Path.of(URI.create(
                        type.getProtectionDomain().getCodeSource().getLocation().toString()))
                .toString();
    }

    private static BufferedReader said(Process parent) {
        return new BufferedReader(new InputStreamReader(parent.getInputStream(), StandardCharsets.US_ASCII));
    }

    private static ProcessHandle handle(BufferedReader said) throws IOException {
        return ProcessHandle.of(Long.parseLong(said.readLine())).orElseThrow();
    }

    /** Starts a child, ties it to itself, and says which processes there are. */
    static final class Parent {
        private Parent() {}

        public static void main(String[] arguments) throws IOException, InterruptedException {
            ParentTie tie = new ParentTie(Duration.ofSeconds(2));
            Process child = new ProcessBuilder("/bin/sh", "-c", arguments[0]).start();
            tie.started(child.toHandle());
            BufferedReader lines =
                    new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.US_ASCII));
            System.out.println(child.pid());
            System.out.println(lines.readLine());
            child.waitFor();
        }
    }
}
