package io.crois.testkit.container;

import io.crois.contract.OrderLocation;
import io.crois.testkit.time.EventLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Containers run by Podman or Docker as tasks are on Fargate: an injector has put the agent on a volume, and the agent
 * in the container is its entry point. Safe for use by several threads.
 *
 * <pre>{@code
 * OciContainers.builder(loop, engine)
 *     .agentImage("localhost/crois-agent")
 *     .environment("AWS_ENDPOINT_URL_S3", "http://127.0.0.1:9000")
 *     .option("--network", "host")
 *     .build();
 * }</pre>
 *
 * <p>The agent in the container calls the services over HTTP: the environment says where they are. Memory is limited to
 * what is asked for, processor time is not.
 */
public final class OciContainers implements ContainerRunner, AutoCloseable {
    private static final String HOME = "/crois";

    private final EventLoop loop;
    private final ContainerEngine engine;
    private final Map<String, String> environment;
    private final List<String> options;
    private final Duration stopWindow;
    private final ContainerLog log;
    private final String volume;
    private final boolean ownVolume;
    private final ExecutorService workers = Executors.newCachedThreadPool(OciContainers::worker);
    private final Set<OciContainer> open = ConcurrentHashMap.newKeySet();

    private OciContainers(Builder builder) {
        this.loop = builder.loop;
        this.engine = builder.engine;
        this.environment = new TreeMap<>(builder.environment);
        this.options = List.copyOf(builder.options);
        this.stopWindow = builder.stopWindow;
        this.log = builder.log;
        String given = builder.agentVolume;
        this.ownVolume = given == null;
        this.volume = given == null ? install(engine, builder.agentImage) : given;
    }

    /**
     * Installs the agent on a new volume, as the injector of a task does.
     *
     * @return the volume's name
     * @throws IllegalStateException if that fails
     */
    public static String install(ContainerEngine engine, String agentImage) {
        String made = engine.must(List.of("volume", "create"));
        List<String> injector = engine.run(List.of("--rm", "--network", "none", "-v", made + ":" + HOME));
        List<String> arguments = new ArrayList<>(injector.subList(injector.indexOf("run"), injector.size()));
        arguments.add(agentImage);
        engine.must(arguments);
        return made;
    }

    private static Thread worker(Runnable work) {
        Thread thread = new Thread(work, "crois-oci-container");
        thread.setDaemon(true);
        return thread;
    }

    /** Returns a builder of a runner whose containers get nothing but what is asked for. */
    public static Builder builder(EventLoop loop, ContainerEngine engine) {
        return new Builder(loop, engine);
    }

    @Override
    public RunningContainer run(ContainerRequest request, ContainerListener listener) {
        String order = request.environment().getOrDefault(OrderLocation.VARIABLE, "");
        OrderLocation location;
        try {
            location = OrderLocation.parse(order);
        } catch (IllegalArgumentException e) {
            loop.post(() -> listener.ended(ContainerEnd.notStarted("Only steps run here. " + e.getMessage())));
            return () -> {};
        }
        OciContainer container = new OciContainer(loop, engine, stopWindow, listener, open::remove);
        open.add(container);
        workers.execute(() -> container.carryOut(command(request, container.name()), request, location, log));
        return container;
    }

    private List<String> command(ContainerRequest request, String name) {
        List<String> all = new ArrayList<>(List.of(
                "--name",
                name,
                "--entrypoint",
                HOME + "/agent",
                "-v",
                volume + ":" + HOME,
                "--memory",
                request.memoryMib() + "m"));
        Map<String, String> variables = new TreeMap<>(environment);
        variables.put("CROIS_STOP_SECONDS", Long.toString(stopWindow.toSeconds()));
        variables.putAll(request.environment());
        variables.forEach((variable, value) -> all.addAll(List.of("-e", variable + "=" + value)));
        all.addAll(options);
        List<String> command = engine.run(all);
        command.add(request.image());
        return command;
    }

    /** Ends all containers by force, and removes the volume with the agent unless it was given. */
    @Override
    public void close() {
        open.forEach(OciContainer::kill);
        workers.shutdown();
        if (ownVolume) {
            engine.call(List.of("volume", "rm", "-f", volume));
        }
    }

    /** Collects what containers are run with. Not safe for use by several threads. */
    public static final class Builder {
        private final EventLoop loop;
        private final ContainerEngine engine;
        private final Map<String, String> environment = new TreeMap<>();
        private final List<String> options = new ArrayList<>();
        private String agentImage = "localhost/crois-agent";
        private @Nullable String agentVolume;
        private Duration stopWindow = Duration.ofSeconds(30);
        private ContainerLog log = ContainerLog.logger();

        private Builder(EventLoop loop, ContainerEngine engine) {
            this.loop = loop;
            this.engine = engine;
        }

        /** Sets the image that installs the agent; the default is the one that the build makes. */
        public Builder agentImage(String image) {
            agentImage = image;
            return this;
        }

        /** Sets a volume that {@link OciContainers#install} has made; by default the runner makes one of its own. */
        public Builder agentVolume(String name) {
            agentVolume = name;
            return this;
        }

        /** Adds a variable to what every container gets. It can be read by everybody who may ask the engine. */
        public Builder environment(String name, String value) {
            environment.put(name, value);
            return this;
        }

        /** Adds options of {@code podman run} or {@code docker run}. */
        public Builder option(String... more) {
            options.addAll(List.of(more));
            return this;
        }

        /** Sets how long a container has between the signal to stop and SIGKILL, whole seconds; the default is 30. */
        public Builder stopWindow(Duration time) {
            stopWindow = time;
            return this;
        }

        /** Passes on what containers print, line by line, from threads of their own. */
        public Builder output(BiConsumer<ContainerRequest, String> lines) {
            log = ContainerLog.lines(lines);
            return this;
        }

        /**
         * Returns the runner; close it to end its containers.
         *
         * @throws IllegalStateException if the agent cannot be installed on a volume
         */
        public OciContainers build() {
            return new OciContainers(this);
        }
    }
}
