package io.crois.testkit.container;

import io.crois.runtime.agent.Command;
import io.crois.runtime.agent.CommandEnd;
import io.crois.runtime.agent.CommandLauncher;
import io.crois.runtime.agent.StopSignal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs a command behind what stands for its image, in an empty folder beside its inputs and outputs. */
final class LocalLauncher implements CommandLauncher {

    private final List<String> prefix;
    private final CommandLauncher processes;

    LocalLauncher(List<String> prefix, CommandLauncher processes) {
        this.prefix = prefix;
        this.processes = processes;
    }

    @Override
    public CommandEnd run(Command command, StopSignal stop) throws InterruptedException {
        List<String> arguments = new ArrayList<>(prefix);
        arguments.addAll(command.arguments());
        return processes.run(
                new Command(
                        command.order(),
                        arguments,
                        command.environment(),
                        workingDirectory(command),
                        command.inputs(),
                        command.outputs(),
                        command.results(),
                        command.events(),
                        command.stdout(),
                        command.stderr(),
                        command.runBudget()),
                stop);
    }

    private static Path workingDirectory(Command command) {
        try {
            return Files.createDirectory(command.outputs().resolveSibling("work"));
        } catch (IOException e) {
            throw new UncheckedIOException("The working directory of a local container could not be made.", e);
        }
    }
}
