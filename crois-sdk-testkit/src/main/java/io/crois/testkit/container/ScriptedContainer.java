package io.crois.testkit.container;

import io.crois.contract.OrderLocation;
import io.crois.contract.TaskOrder;
import io.crois.runtime.agent.CommandEnd;
import io.crois.runtime.agent.CommandLauncher;
import io.crois.runtime.agent.StopSignal;
import io.crois.testkit.container.ContainerScript.Ending;
import io.crois.testkit.time.EventLoop;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One container that does what its script says. Used on the event loop alone. */
final class ScriptedContainer implements RunningContainer {

    private final ContainerPlatform platform;
    private final String id;
    private final ContainerScript script;
    private final @Nullable OrderLocation location;
    private final @Nullable TaskOrder order;
    private final ContainerListener listener;
    private EventLoop.Timer timer = () -> {};
    private boolean started;
    private boolean over;

    ScriptedContainer(
            ContainerPlatform platform,
            String id,
            ContainerScript script,
            @Nullable OrderLocation location,
            @Nullable TaskOrder order,
            ContainerListener listener) {
        this.platform = platform;
        this.id = id;
        this.script = script;
        this.location = location;
        this.order = order;
        this.listener = listener;
    }

    ScriptedContainer start() {
        if (script.ending().kind() != Ending.Kind.NEVER_STARTS) {
            timer = platform.loop().after(script.queue(), this::place);
        }
        return this;
    }

    private void place() {
        listener.placed();
        Ending ending = script.ending();
        switch (ending.kind()) {
            case NOT_PULLED -> end(ContainerEnd.notPulled("The image is not there."));
            case NOT_STARTED -> end(ContainerEnd.notStarted(ending.what()));
            default -> run();
        }
    }

    private void run() {
        started = true;
        listener.started();
        if (isOverBudget()) {
            Duration budget = budget();
            timer = platform.loop().after(budget, () -> endCommand(budget, CommandEnd.Reason.RUN_BUDGET));
        } else {
            timer = platform.loop().after(script.duration(), this::finish);
        }
    }

    private boolean isOverBudget() {
        return order != null && script.duration().compareTo(budget()) > 0;
    }

    private Duration budget() {
        return order == null ? Duration.ZERO : Duration.ofSeconds(order.runBudget());
    }

    private void finish() {
        Ending ending = script.ending();
        Duration elapsed = script.duration();
        switch (ending.kind()) {
            case OUT_OF_MEMORY -> end(ContainerEnd.outOfMemory());
            case RECLAIMED ->
                end(ContainerEnd.reclaimed(carryOut(elapsed, CommandEnd.Reason.STOPPED, ContainerEnd.TERMINATED)));
            default -> end(ContainerEnd.exited(carryOut(elapsed, CommandEnd.Reason.ENDED, ending.exitCode())));
        }
    }

    private void endCommand(Duration elapsed, CommandEnd.Reason reason) {
        end(ContainerEnd.exited(carryOut(elapsed, reason, ContainerEnd.TERMINATED)));
    }

    /** Lets the agent carry out the order, if there is one, as if the command had just ended. */
    private int carryOut(Duration elapsed, CommandEnd.Reason reason, int exitCode) {
        if (location == null) {
            return exitCode;
        }
        ElapsingClock clock = new ElapsingClock(platform.loop().clock(), elapsed);
        CommandLauncher command = launcher(reason, exitCode);
        CommandLauncher launcher = (what, stop) -> {
            clock.elapse();
            return command.run(what, stop);
        };
        StopSignal stop = new StopSignal();
        if (reason == CommandEnd.Reason.STOPPED) {
            stop.give();
        }
        try (OutputStream printed = platform.printed(id)) {
            return platform.agent(clock, ScratchFolder.path(), launcher).run(location, printed, printed, stop);
        } catch (IOException e) {
            throw new UncheckedIOException("The output of a container could not be kept.", e);
        }
    }

    private CommandLauncher launcher(CommandEnd.Reason reason, int exitCode) {
        CommandLauncher own = script.ending().launcher();
        return own != null && reason == CommandEnd.Reason.ENDED ? own : new ScriptedCommand(script, reason, exitCode);
    }

    private void end(ContainerEnd end) {
        over = true;
        listener.ended(end);
    }

    @Override
    public void stop() {
        if (over) {
            return;
        }
        over = true;
        timer.cancel();
        platform.loop()
                .post(
                        started
                                ? () -> endCommand(Duration.ZERO, CommandEnd.Reason.STOPPED)
                                : () -> end(ContainerEnd.notStarted("The container was stopped before it started.")));
    }
}
