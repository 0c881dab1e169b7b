package io.crois.runtime.agent;

import io.crois.contract.AgentExit;
import io.crois.contract.OrderLocation;
import io.crois.contract.PlatformSettings;
import io.crois.runtime.agent.aws.AgentServices;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * The agent as a program: the entry point of a container. Reads {@code CROIS_ORDER}; on SIGTERM the command gets
 * SIGTERM, and what it has written is stored before the agent ends.
 */
public final class AgentMain {

    private AgentMain() {}

    /**
     * Carries out the order that {@code CROIS_ORDER} names and exits with the code of {@link Agent#run}; with the
     * arguments {@code install <folder>} copies the agent there instead and exits with 0.
     */
    public static void main(String[] arguments) {
        Optional<Supervisor> supervisor = Supervisor.find();
        int code = run(List.of(arguments), supervisor);
        supervisor.ifPresent(first -> first.result(code));
        Runtime.getRuntime().halt(code);
    }

    private static int run(List<String> arguments, Optional<Supervisor> supervisor) {
        if (!arguments.isEmpty() && arguments.get(0).equals(Installation.COMMAND)) {
            return Installation.run(arguments.subList(1, arguments.size()));
        }
        String text = System.getenv(OrderLocation.VARIABLE);
        if (text == null) {
            System.err.println(OrderLocation.VARIABLE + " is not set; the agent is started by Crois, not by hand.");
            return AgentExit.ORDER_NOT_READABLE.code();
        }
        StopWindow window = StopWindow.of(System.getenv());
        StopSignal stop = StopSignal.within(window.whole());
        Thread main = Thread.currentThread();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stopAndWait(stop, main), "crois-stop"));
        ProcessLauncher launcher = supervisor
                .map(first -> ProcessLauncher.supervised(window.grace(), first))
                .orElseGet(() -> ProcessLauncher.withGrace(window.grace()));
        return run(text, stop, launcher);
    }

    private static int run(String text, StopSignal stop, ProcessLauncher launcher) {
        try {
            OrderLocation location = OrderLocation.parse(text);
            PlatformSettings settings =
                    PlatformSettings.fromEnvironment(System.getenv()).withTable(location.table());
            AgentServices services = AgentServices.overHttp(System.getenv(), settings, Clock.systemUTC());
            Path work = AgentHome.workDirectory();
            Agent agent = Agent.create(services, Clock.systemUTC(), work, launcher);
            return agent.run(
                    location, new FileOutputStream(FileDescriptor.out), new FileOutputStream(FileDescriptor.err), stop);
        } catch (IOException | RuntimeException e) {
            System.err.println("The Crois agent failed: " + e.getMessage());
            return AgentExit.AGENT_FAULT.code();
        }
    }

    private static void stopAndWait(StopSignal stop, Thread main) {
        stop.give();
        try {
            main.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
