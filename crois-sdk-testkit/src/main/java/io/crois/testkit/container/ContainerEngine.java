package io.crois.testkit.container;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;

/** Podman or Docker on this machine, spoken to by its command line. Immutable. */
public final class ContainerEngine {
    private static final Path CGROUP_2 = Path.of("/sys/fs/cgroup/cgroup.controllers");
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final long SYS_RESOURCE = 1L << 24;

    /** What a process that may not raise its limits can still give its containers. */
    private static final List<String> LOW_LIMITS =
            List.of("--ulimit", "nofile=4096:4096", "--ulimit", "nproc=4096:4096");

    private final List<String> program;
    private final List<String> runOptions;

    private ContainerEngine(List<String> program, List<String> runOptions) {
        this.program = List.copyOf(program);
        this.runOptions = List.copyOf(runOptions);
    }

    /** Returns Podman, or Docker where there is no Podman; empty where there is neither. */
    public static Optional<ContainerEngine> find() {
        return onPath("podman")
                .map(ContainerEngine::podman)
                .or(() -> onPath("docker").map(docker -> new ContainerEngine(List.of(docker), List.of())));
    }

    /** Podman's usual runtime, crun, cannot limit containers with the control groups of version 1. */
    private static ContainerEngine podman(String podman) {
        List<String> program = new ArrayList<>(List.of(podman));
        if (!Files.exists(CGROUP_2)) {
            onPath("runc").ifPresent(runc -> program.addAll(List.of("--runtime", runc)));
        }
        return new ContainerEngine(program, mayRaiseLimits() ? List.of() : LOW_LIMITS);
    }

    private static boolean mayRaiseLimits() {
        try (Stream<String> lines = Files.lines(STATUS)) {
            return lines.filter(line -> line.startsWith("CapEff:"))
                    .map(line -> Long.parseUnsignedLong(
                            line.substring("CapEff:".length()).strip(), 16))
                    .allMatch(capabilities -> (capabilities & SYS_RESOURCE) != 0);
        } catch (IOException e) {
            return true;
        }
    }

    private static Optional<String> onPath(String name) {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":"))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst();
    }

    /** Returns whether an image is on this machine already. */
    public boolean hasImage(String image) {
        return call(List.of("image", "inspect", image)).code() == 0;
    }

    /**
     * Loads images from a file in the form of {@code docker save} or of OCI.
     *
     * @throws IllegalStateException if the engine cannot load it
     */
    public void load(Path tar) {
        must(List.of("load", "-q", "-i", tar.toString()));
    }

    /** Returns the command that runs a container, without its image. */
    List<String> run(List<String> options) {
        List<String> command = new ArrayList<>(program);
        command.add("run");
        command.addAll(runOptions);
        command.addAll(options);
        return command;
    }

    /** Returns what the engine answers to a command; fails when it refuses. */
    String must(List<String> arguments) {
        Answer answer = call(arguments);
        if (answer.code() != 0) {
            throw new IllegalStateException("`" + program.get(0) + " " + arguments.get(0) + "` ended with "
                    + answer.code() + ": " + answer.text());
        }
        return answer.text();
    }

    /** Returns what the engine answers to a command, also when it refuses. */
    Answer call(List<String> arguments) {
        List<String> command = new ArrayList<>(program);
        command.addAll(arguments);
        try {
            Process process = new ProcessBuilder(command).start();
            process.getOutputStream().close();
            CompletableFuture<String> said = CompletableFuture.supplyAsync(
                    () -> text(process.getErrorStream()), reading -> new Thread(reading, "crois-engine").start());
            String answer = text(process.getInputStream());
            String complaint = said.join();
            int code = process.waitFor();
            return new Answer(code, code == 0 ? answer : (answer + "\n" + complaint).strip());
        } catch (IOException | UncheckedIOException | CompletionException e) {
            return new Answer(-1, String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Answer(-1, "It was interrupted.");
        }
    }

    private static String text(InputStream from) {
        try (from) {
            return new String(from.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the engine printed, without its warnings unless it refused. */
    record Answer(int code, String text) {}

    @Override
    public String toString() {
        return String.join(" ", program);
    }
}
