package io.crois.testkit.container;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.crois.contract.Json;
import io.crois.runtime.agent.CommandLauncher;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a container goes: how long it waits for a machine, how long it takes, what its command leaves and how it ends.
 * Immutable; each method returns a variation.
 *
 * <pre>{@code
 * containers.step("train", 1, ContainerScript.isReclaimed().takes(Duration.ofMinutes(20)));
 * containers.step("train", 2, ContainerScript.succeeds().result("auc", 0.83).file("model", "weights"));
 * }</pre>
 */
public final class ContainerScript {

    /** How long a container waits for a machine if nothing else is said. */
    public static final Duration DEFAULT_QUEUE = Duration.ofSeconds(10);

    /** How long a container runs if nothing else is said. */
    public static final Duration DEFAULT_DURATION = Duration.ofMinutes(1);

    private final Ending ending;
    private final Duration queue;
    private final Duration duration;
    private final Map<String, JsonNode> results;
    private final Map<String, Map<String, byte[]>> artifacts;
    private final String output;

    private ContainerScript(
            Ending ending,
            Duration queue,
            Duration duration,
            Map<String, JsonNode> results,
            Map<String, Map<String, byte[]>> artifacts,
            String output) {
        this.ending = ending;
        this.queue = queue;
        this.duration = duration;
        this.results = results;
        this.artifacts = artifacts;
        this.output = output;
    }

    private static ContainerScript ending(Ending.Kind kind, int exitCode, String what) {
        Ending ending = new Ending(kind, exitCode, what, null);
        return new ContainerScript(ending, DEFAULT_QUEUE, DEFAULT_DURATION, Map.of(), Map.of(), "");
    }

    /**
     * The command ends with 0. Results and artifacts that the step declares and the script does not name are made up: a
     * text, 0.5, 1, {@code true}, an empty JSON object; a file of one line, a folder with one such file.
     */
    public static ContainerScript succeeds() {
        return ending(Ending.Kind.EXITS, 0, "");
    }

    /**
     * The command ends with this exit code. It leaves what the script names; nothing is made up unless the code is 0.
     *
     * @param exitCode from 0 to 255
     * @throws IllegalArgumentException if {@code exitCode} is out of that range
     */
    public static ContainerScript exits(int exitCode) {
        if (exitCode < 0 || exitCode > 255) {
            throw new IllegalArgumentException("exitCode must be from 0 to 255, but was " + exitCode + ".");
        }
        return ending(Ending.Kind.EXITS, exitCode, "");
    }

    /**
     * The command does what the launcher does: reads inputs, writes results, artifacts and events; nothing is made up.
     */
    public static ContainerScript runs(CommandLauncher launcher) {
        Ending ending = new Ending(Ending.Kind.RUNS, 0, "", launcher);
        return new ContainerScript(ending, DEFAULT_QUEUE, DEFAULT_DURATION, Map.of(), Map.of(), "");
    }

    /** The container is killed, with its agent, because it uses up its memory: exit code 137 and no report. */
    public static ContainerScript runsOutOfMemory() {
        return ending(Ending.Kind.OUT_OF_MEMORY, 0, "");
    }

    /** The machine is taken back: the command gets SIGTERM, and the agent stores what the script names as partial. */
    public static ContainerScript isReclaimed() {
        return ending(Ending.Kind.RECLAIMED, 0, "");
    }

    /** The container waits for a machine until somebody stops it. */
    public static ContainerScript neverStarts() {
        return ending(Ending.Kind.NEVER_STARTS, 0, "");
    }

    /** A machine is found, and the image cannot be pulled. */
    public static ContainerScript cannotBePulled() {
        return ending(Ending.Kind.NOT_PULLED, 0, "");
    }

    /**
     * A machine is found, and the container cannot be started.
     *
     * @param reason as the service gives it, such as {@code ResourceInitializationError: unable to pull secrets}
     */
    public static ContainerScript failsToStart(String reason) {
        return ending(Ending.Kind.NOT_STARTED, 0, reason);
    }

    /** Sets how long the container waits for its machine; the default is {@link #DEFAULT_QUEUE}. */
    public ContainerScript queuedFor(Duration time) {
        return new ContainerScript(ending, checked(time), duration, results, artifacts, output);
    }

    /**
     * Sets how long the container runs; the default is {@link #DEFAULT_DURATION}. A command that takes longer than its
     * step's run budget is stopped by the agent when that is used up.
     */
    public ContainerScript takes(Duration time) {
        return new ContainerScript(ending, queue, checked(time), results, artifacts, output);
    }

    private static Duration checked(Duration time) {
        if (time.isNegative()) {
            throw new IllegalArgumentException("time must not be negative, but was " + time + ".");
        }
        return time;
    }

    /** Adds a result that the command reports: a text, a number, a boolean, or anything else that Jackson writes. */
    public ContainerScript result(String name, Object value) {
        Map<String, JsonNode> more = new HashMap<>(results);
        more.put(name, Json.tree(value));
        return new ContainerScript(ending, queue, duration, Map.copyOf(more), artifacts, output);
    }

    /** Adds an artifact of one file with this text. */
    public ContainerScript file(String artifact, String text) {
        return file(artifact, text.getBytes(UTF_8));
    }

    /** Adds an artifact of one file with these bytes. */
    public ContainerScript file(String artifact, byte[] bytes) {
        return artifact(artifact, Map.of("", bytes.clone()));
    }

    /** Adds an artifact that is a folder with these files: relative path to text. */
    public ContainerScript folder(String artifact, Map<String, String> files) {
        Map<String, byte[]> bytes = new HashMap<>();
        files.forEach((path, text) -> bytes.put(path, text.getBytes(UTF_8)));
        return artifact(artifact, Map.copyOf(bytes));
    }

    private ContainerScript artifact(String artifact, Map<String, byte[]> files) {
        Map<String, Map<String, byte[]>> more = new HashMap<>(artifacts);
        more.put(artifact, files);
        return new ContainerScript(ending, queue, duration, results, Map.copyOf(more), output);
    }

    /** Sets what the command prints to its standard output; the default is nothing. */
    public ContainerScript prints(String text) {
        return new ContainerScript(ending, queue, duration, results, artifacts, text);
    }

    Ending ending() {
        return ending;
    }

    Duration queue() {
        return queue;
    }

    Duration duration() {
        return duration;
    }

    Map<String, JsonNode> results() {
        return results;
    }

    /** Returns the files of each artifact by their relative paths; the path of an artifact of one file is empty. */
    Map<String, Map<String, byte[]>> artifacts() {
        return artifacts;
    }

    String output() {
        return output;
    }

    /** How it ends. */
    record Ending(
            Kind kind, int exitCode, String what, @Nullable CommandLauncher launcher) {

        enum Kind {
            EXITS,
            RUNS,
            OUT_OF_MEMORY,
            RECLAIMED,
            NEVER_STARTS,
            NOT_PULLED,
            NOT_STARTED
        }
    }
}
