package io.crois.testkit.container;

import io.crois.contract.AgentExit;
import io.crois.contract.OrderLocation;
import io.crois.runtime.agent.CommandLauncher;
import io.crois.runtime.agent.StopSignal;
import io.crois.testkit.time.EventLoop;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One container that waits for a worker or is carried out by it. Thread-safe. */
final class LocalContainer implements RunningContainer {
    private static final Logger LOG = LoggerFactory.getLogger(LocalContainer.class);

    private final ContainerPlatform platform;
    private final ContainerRequest request;
    private final OrderLocation location;
    private final ContainerListener listener;
    private final Consumer<LocalContainer> over;
    private final EventLoop.ExternalWork work;
    private final StopSignal stop = new StopSignal();
    private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);

    private enum State {
        WAITING,
        RUNNING,
        OVER
    }

    /**
     * Creates a container that waits.
     *
     * @param over is told once, from any thread, when it has ended
     */
    LocalContainer(
            ContainerPlatform platform,
            ContainerRequest request,
            OrderLocation location,
            ContainerListener listener,
            Consumer<LocalContainer> over) {
        this.platform = platform;
        this.request = request;
        this.location = location;
        this.listener = listener;
        this.over = over;
        this.work = platform.loop().external();
    }

    /** Carries out the order, unless the container was stopped before; called by a worker. */
    void carryOut(Path folder, CommandLauncher launcher, ContainerLog log) {
        if (!state.compareAndSet(State.WAITING, State.RUNNING)) {
            return;
        }
        platform.loop().post(() -> {
            listener.placed();
            listener.started();
        });
        int code = AgentExit.AGENT_FAULT.code();
        try (OutputStream stdout = new BothStreams(log.open(request, location), platform.printed(request.id()));
                OutputStream stderr = new BothStreams(log.open(request, location), platform.printed(request.id()))) {
            code = platform.agent(platform.loop().clock(), folder, launcher).run(location, stdout, stderr, stop);
        } catch (IOException | RuntimeException e) {
            LOG.error("The container of {} could not be carried out.", location.text(), e);
        } finally {
            state.set(State.OVER);
            end(ContainerEnd.exited(code));
        }
    }

    private void end(ContainerEnd end) {
        platform.loop().post(() -> listener.ended(end));
        work.close();
        over.accept(this);
    }

    @Override
    public void stop() {
        if (state.compareAndSet(State.WAITING, State.OVER)) {
            end(ContainerEnd.notStarted("The container was stopped before it started."));
        } else {
            stop.give();
        }
    }
}
