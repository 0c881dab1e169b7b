package io.crois.runtime.agent;

import io.crois.contract.TaskOrder;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The user's command, ready to run. Its {@code toString} shows neither arguments nor variables.
 *
 * @param arguments the exact argument vector
 * @param environment added to the variables of the agent's own process
 * @param workingDirectory where it starts, or {@code null} for the agent's own
 * @param inputs the folder of the inputs ({@code CROIS_INPUTS})
 * @param outputs the folder that the command writes artifacts to ({@code CROIS_OUTPUTS})
 * @param results the file that the command may write results to ({@code CROIS_RESULTS})
 * @param events the file that the command may append JSON lines to ({@code CROIS_EVENTS})
 * @param stdout where its standard output goes, secrets already taken out
 * @param stderr where its standard error goes, secrets already taken out
 * @param runBudget how long it may run
 */
public record Command(
        TaskOrder order,
        List<String> arguments,
        Map<String, String> environment,
        @Nullable Path workingDirectory,
        Path inputs,
        Path outputs,
        Path results,
        Path events,
        OutputStream stdout,
        OutputStream stderr,
        Duration runBudget) {

    public Command {
        arguments = List.copyOf(arguments);
        environment = Map.copyOf(environment);
    }

    @Override
    public String toString() {
        return "Command[" + order + "]";
    }
}
