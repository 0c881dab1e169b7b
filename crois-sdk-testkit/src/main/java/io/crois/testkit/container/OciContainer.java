package io.crois.testkit.container;

import io.crois.contract.OrderLocation;
import io.crois.testkit.time.EventLoop;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One container of an engine, from its start to its end. Thread-safe. */
final class OciContainer implements RunningContainer {
    private static final Logger LOG = LoggerFactory.getLogger(OciContainer.class);

    /** What the engine ends with when it could not run the container at all. */
    private static final int ENGINE_FAILED = 125;

    private static final int MOST_TRIES = 60;
    private static final long PAUSE_MILLIS = 500;

    private final EventLoop loop;
    private final ContainerEngine engine;
    private final Duration stopWindow;
    private final ContainerListener listener;
    private final Consumer<OciContainer> forget;
    private final EventLoop.ExternalWork work;
    private final String name = "crois-" + UUID.randomUUID();
    private final CountDownLatch over = new CountDownLatch(1);

    OciContainer(
            EventLoop loop,
            ContainerEngine engine,
            Duration stopWindow,
            ContainerListener listener,
            Consumer<OciContainer> forget) {
        this.loop = loop;
        this.engine = engine;
        this.stopWindow = stopWindow;
        this.listener = listener;
        this.forget = forget;
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
            int code = process.waitFor();
            over.countDown();
            end = end(code);
        } catch (IOException e) {
            LOG.error("The container of {} could not be run: {}", location.text(), e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            over.countDown();
            engine.call(removal());
            ContainerEnd told = end;
            loop.post(() -> listener.ended(told));
            work.close();
            forget.accept(this);
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
        List<String> command = List.of("stop", "--time", Long.toString(stopWindow.toSeconds()), name);
        Thread stopper = new Thread(() -> untilOver(command), "crois-oci-stop");
        stopper.setDaemon(true);
        stopper.start();
    }

    /** Sends any signal to the first process of the container. */
    void signal(String signal) {
        engine.must(List.of("kill", "--signal", signal, name));
    }

    /** Ends the container by force. */
    void kill() {
        untilOver(removal());
    }

    private List<String> removal() {
        return List.of("rm", "-f", name);
    }

    /** The engine may be about to make the container: then it knows of none yet, and forgets what it was told. */
    private void untilOver(List<String> command) {
        try {
            for (int tries = 0; tries < MOST_TRIES && over.getCount() > 0; tries++) {
                engine.call(command);
                if (over.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
