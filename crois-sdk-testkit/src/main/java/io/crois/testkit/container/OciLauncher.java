package io.crois.testkit.container;

import io.crois.runtime.agent.Command;
import io.crois.runtime.agent.CommandEnd;
import io.crois.runtime.agent.CommandLauncher;
import io.crois.runtime.agent.StopSignal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Runs a command in a container of its image, with the folders of the attempt at the same paths. Variables reach the
 * container through the environment of the engine's process, so that no secret stands in an argument.
 */
final class OciLauncher implements CommandLauncher {
    private final ContainerEngine engine;
    private final String image;
    private final long memoryMib;
    private final CommandLauncher processes;

    OciLauncher(ContainerEngine engine, String image, long memoryMib, CommandLauncher processes) {
        this.engine = engine;
        this.image = image;
        this.memoryMib = memoryMib;
        this.processes = processes;
    }

    @Override
    public CommandEnd run(Command command, StopSignal stop) throws InterruptedException {
        String name = "crois-" + UUID.randomUUID();
        try {
            CommandEnd end = processes.run(inContainer(command, name), stop);
            return outOfMemory(name)
                    ? new CommandEnd(
                            end.exitCode(), CommandEnd.Reason.OUT_OF_MEMORY, end.peakMemoryBytes(), end.cpuMillis())
                    : end;
        } finally {
            engine.call(List.of("rm", "-f", name));
        }
    }

    private boolean outOfMemory(String name) {
        return engine.call(List.of("inspect", "--format", "{{.State.OOMKilled}}", name))
                .text()
                .equals("true");
    }

    private Command inContainer(Command command, String name) {
        Map<String, String> open = command.order().environment();
        Map<String, String> environment = new TreeMap<>(command.environment());
        environment.keySet().removeAll(open.keySet());
        List<String> options = new ArrayList<>(List.of("--name", name, "--memory", memoryMib + "m"));
        environment.keySet().forEach(variable -> options.addAll(List.of("-e", variable)));
        open.forEach((variable, value) -> options.addAll(List.of("-e", variable + "=" + value)));
        Path attempt = Objects.requireNonNull(command.outputs().getParent(), "Every attempt has a folder.");
        letAnyUserWrite(attempt, command);
        mount(options, attempt);
        String secrets = environment.get("CROIS_SECRETS");
        if (secrets != null) {
            mount(options, Path.of(secrets));
        }
        if (command.workingDirectory() != null) {
            options.addAll(List.of("--workdir", command.workingDirectory().toString()));
        }
        options.addAll(List.of("--entrypoint", command.arguments().get(0)));
        List<String> arguments = new ArrayList<>(engine.run(options));
        arguments.add(image);
        arguments.addAll(command.arguments().subList(1, command.arguments().size()));
        return new Command(
                command.order(),
                arguments,
                environment,
                null,
                command.inputs(),
                command.outputs(),
                command.results(),
                command.events(),
                command.stdout(),
                command.stderr(),
                command.runBudget());
    }

    /** The user of the image is another than the one of this process. */
    private static void letAnyUserWrite(Path attempt, Command command) {
        try {
            for (Path folder : List.of(attempt, command.outputs())) {
                Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
            }
            Files.setPosixFilePermissions(command.events(), PosixFilePermissions.fromString("rw-rw-rw-"));
        } catch (IOException e) {
            throw new UncheckedIOException("The folders of a container could not be opened to its user.", e);
        }
    }

    private static void mount(List<String> options, Path folder) {
        options.addAll(List.of("-v", folder + ":" + folder));
    }
}
