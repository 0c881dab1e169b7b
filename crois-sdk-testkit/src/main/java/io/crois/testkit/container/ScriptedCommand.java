package io.crois.testkit.container;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.crois.contract.Json;
import io.crois.contract.ResultProduct;
import io.crois.contract.TaskOrder;
import io.crois.runtime.agent.Command;
import io.crois.runtime.agent.CommandEnd;
import io.crois.runtime.agent.CommandLauncher;
import io.crois.runtime.agent.StopSignal;
import io.crois.workflow.ArtifactKind;
import io.crois.workflow.ValueType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Leaves what a script names, and what it does not name made up when the command succeeds. */
final class ScriptedCommand implements CommandLauncher {

    private static final String MADE_UP = "made up";

    private final ContainerScript script;
    private final CommandEnd.Reason reason;
    private final int exitCode;

    ScriptedCommand(ContainerScript script, CommandEnd.Reason reason, int exitCode) {
        this.script = script;
        this.reason = reason;
        this.exitCode = exitCode;
    }

    @Override
    public CommandEnd run(Command command, StopSignal stop) {
        try {
            command.stdout().write(script.output().getBytes(UTF_8));
            writeResults(command);
            for (TaskOrder.Output output : command.order().outputs()) {
                writeArtifact(output, command.outputs());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("A scripted command could not leave what it was to leave.", e);
        }
        return new CommandEnd(exitCode, reason, 0, 0);
    }

    private boolean succeeds() {
        return exitCode == 0 && reason == CommandEnd.Reason.ENDED;
    }

    private void writeResults(Command command) throws IOException {
        Map<String, JsonNode> results = new HashMap<>(script.results());
        if (succeeds()) {
            for (ResultProduct declared : command.order().results()) {
                results.putIfAbsent(declared.result(), madeUp(declared.type()));
            }
        }
        if (!results.isEmpty()) {
            Files.writeString(command.results(), Json.write(results));
        }
    }

    private static JsonNode madeUp(ValueType type) {
        return Json.tree(
                switch (type) {
                    case TEXT -> MADE_UP;
                    case NUMBER -> 0.5;
                    case INTEGER -> 1;
                    case BOOLEAN -> true;
                    case JSON -> Map.of();
                });
    }

    private void writeArtifact(TaskOrder.Output output, Path outputs) throws IOException {
        Map<String, byte[]> files = script.artifacts().get(output.artifact());
        if (files == null && (!succeeds() || output.optional())) {
            return;
        }
        Path place = outputs.resolve(output.artifact());
        if (files == null) {
            files = madeUp(output.kind());
        }
        if (!files.containsKey("")) {
            Files.createDirectories(place);
        }
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Path path = file.getKey().isEmpty() ? place : place.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.write(path, file.getValue());
        }
    }

    private static Map<String, byte[]> madeUp(ArtifactKind kind) {
        byte[] line = (MADE_UP + "\n").getBytes(UTF_8);
        return kind == ArtifactKind.FILE ? Map.of("", line) : Map.of("made-up.txt", line);
    }
}
