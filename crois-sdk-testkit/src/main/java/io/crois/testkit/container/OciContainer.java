package io.crois.testkit.container;

import io.crois.contract.OrderLocation;
import io.crois.testkit.time.EventLoop;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One container of an engine, from its start to its end. Thread-safe. */
final class OciContainer implements RunningContainer {
    private static final Logger LOG = LoggerFactory.getLogger(OciContainer.class);

    /** What the engine ends with when it could not run the container at all. */
    private static final int ENGINE_FAILED = 125;

    private final EventLoop loop;
    private final ContainerEngine engine;
    private final Duration stopWindow;
    private final ContainerListener listener;
    private final Consumer<OciContainer> over;
    private final EventLoop.ExternalWork work;
    private final String name = "crois-" + UUID.randomUUID();

    OciContainer(
            EventLoop loop,
            ContainerEngine engine,
            Duration stopWindow,
            ContainerListener listener,
            Consumer<OciContainer> over) {
        this.loop = loop;
        this.engine = engine;
        this.stopWindow = stopWindow;
        this.listener = listener;
        this.over = over;
        this.work = loop.external();
    }

    String name() {
        return name;
    }

    /** Runs the container to its end; called by a worker. */
    void carryOut(List<String> command, ContainerRequest request, OrderLocation location, ContainerLog log) {
        loop.post(() -> {
            listener.placed();
            listener.started();
        });
        ContainerEnd end = ContainerEnd.notStarted("The engine failed.");
        try (OutputStream stdout = log.open(request, location);
                OutputStream stderr = log.open(request, location)) {
            Process process = new ProcessBuilder(command).start();
            process.getOutputStream().close();
            Thread errors = new Thread(() -> copy(process.getErrorStream(), stderr), "crois-oci-stderr");
            errors.start();
            copy(process.getInputStream(), stdout);
            errors.join();
            end = end(process.waitFor());
        } catch (IOException e) {
            LOG.error("The container of {} could not be run: {}", location.text(), e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            remove();
            ContainerEnd told = end;
            loop.post(() -> listener.ended(told));
            work.close();
            over.accept(this);
        }
    }

    private ContainerEnd end(int code) {
        String outOfMemory = engine.call(List.of("inspect", "--format", "{{.State.OOMKilled}}", name))
                .text();
        if (outOfMemory.equals("true")) {
            return ContainerEnd.outOfMemory();
        }
        return code == ENGINE_FAILED
                ? ContainerEnd.notStarted("The engine could not run the container.")
                : ContainerEnd.exited(code);
    }

    private static void copy(InputStream from, OutputStream to) {
        try (from) {
            from.transferTo(to);
        } catch (IOException e) {
            LOG.warn("What a container prints could not be passed on: {}", e.getMessage());
        }
    }

    /** The engine gives the container its stop signal, and SIGKILL when the window is over. */
    @Override
    public void stop() {
        Thread stopper = new Thread(
                () -> engine.call(List.of("stop", "--time", Long.toString(stopWindow.toSeconds()), name)),
                "crois-oci-stop");
        stopper.setDaemon(true);
        stopper.start();
    }

    /** Sends any signal to the first process of the container. */
    void signal(String signal) {
        engine.must(List.of("kill", "--signal", signal, name));
    }

    void remove() {
        engine.call(List.of("rm", "-f", name));
    }
}
