package io.crois.runtime.agent;

import io.crois.contract.AgentExit;
import io.crois.contract.OrderLocation;
import io.crois.contract.TaskOrder;
import io.crois.runtime.agent.aws.AgentServices;
import io.crois.runtime.agent.aws.ServiceFailure;
import io.crois.table.CroisTable;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/**
 * Carries out task orders: fetch, run, publish, report.
 *
 * <p>Holds no state between orders; any number of them may run at once in one process. Thread-safe as far as its
 * clients are.
 */
public final class Agent {
    private final AgentServices services;
    private final Clock clock;
    private final Path workDirectory;
    private final CommandLauncher launcher;

    private Agent(AgentServices services, Clock clock, Path workDirectory, CommandLauncher launcher) {
        this.services = services;
        this.clock = clock;
        this.workDirectory = workDirectory;
        this.launcher = launcher;
    }

    /**
     * Returns an agent that lives on clients of the AWS SDK.
     *
     * @param workDirectory where each attempt gets a folder of its own, gone when it ends
     * @param launcher how the user's command is run
     */
    public static Agent create(
            CroisTable table,
            S3Client s3,
            SecretsManagerClient secretsManager,
            Clock clock,
            Path workDirectory,
            CommandLauncher launcher) {
        return create(AgentServices.of(table, s3, secretsManager), clock, workDirectory, launcher);
    }

    /** Returns an agent that lives on these services; see the other factory for the rest. */
    public static Agent create(AgentServices services, Clock clock, Path workDirectory, CommandLauncher launcher) {
        return new Agent(services, clock, workDirectory, launcher);
    }

    /**
     * Carries out one order and writes its report.
     *
     * @param stdout where the command's standard output goes, with secret values replaced by {@code ***}
     * @param stderr the same for standard error
     * @param stop ends the command early; outputs are stored all the same, marked partial
     * @return the exit code of the container: the command's own, or one of {@link AgentExit}
     */
    public int run(OrderLocation location, OutputStream stdout, OutputStream stderr, StopSignal stop) {
        Optional<TaskOrder> order = order(location);
        if (order.isEmpty()) {
            return AgentExit.ORDER_NOT_READABLE.code();
        }
        Attempt attempt = new Attempt(services, clock, launcher, order.get());
        return attempt.run(workDirectory, stdout, stderr, stop);
    }

    /** Found when there is something to say, which is seldom: logging takes long to come to life. */
    private static Logger log() {
        return LoggerFactory.getLogger(Agent.class);
    }

    private Optional<TaskOrder> order(OrderLocation location) {
        try {
            Optional<TaskOrder> order = services.table().order(location.key());
            if (order.isEmpty()) {
                log().error("There is no task order at {}.", location.text());
            }
            return order;
        } catch (ServiceFailure | IllegalArgumentException e) {
            log().error("The task order at {} could not be read: {}", location.text(), e.getMessage());
            return Optional.empty();
        }
    }
}
