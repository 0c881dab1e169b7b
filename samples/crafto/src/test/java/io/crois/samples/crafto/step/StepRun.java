package io.crois.samples.crafto.step;

import io.crois.testkit.container.LocalProcessContainers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Gives a step the directories that the agent would give it. */
final class StepRun {
    private final Path directory;
    private final Map<String, String> environment = new HashMap<>();
    private final ByteArrayOutputStream errors = new ByteArrayOutputStream();

    private StepRun(Path directory) {
        this.directory = directory;
    }

    static StepRun in(Path directory) throws IOException {
        StepRun run = new StepRun(Files.createDirectories(directory));
        run.environment.put(
                "CROIS_INPUTS", Files.createDirectories(directory.resolve("in")).toString());
        run.environment.put(
                "CROIS_OUTPUTS",
                Files.createDirectories(directory.resolve("out")).toString());
        run.environment.put("CROIS_RESULTS", directory.resolve("results.json").toString());
        run.environment.put("CROIS_EVENTS", directory.resolve("events.jsonl").toString());
        return run;
    }

    StepRun with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    StepRun input(String artifact, Path source) throws IOException {
        Path file = directory.resolve("in").resolve(artifact);
        Files.createDirectories(file.getParent());
        Files.copy(source, file);
        return this;
    }

    StepRun input(String artifact, String content) throws IOException {
        Files.writeString(directory.resolve("in").resolve(artifact), content);
        return this;
    }

    int run(String... arguments) {
        return CraftoStep.run(List.of(arguments), environment, new PrintStream(errors, true, StandardCharsets.UTF_8));
    }

    /** Runs the step as a process of its own, as the agent does, with options for its Java runtime. */
    int runApart(List<String> options, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(LocalProcessContainers.javaCommand(CraftoStep.class));
        command.addAll(1, options);
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getInputStream().transferTo(errors);
        return process.waitFor();
    }

    Path output(String artifact) {
        return directory.resolve("out").resolve(artifact);
    }

    Path file(String name) {
        return directory.resolve(name);
    }

    String errors() {
        return errors.toString(StandardCharsets.UTF_8);
    }
}
