package io.crois.testkit.container;

import io.crois.contract.OrderLocation;
import io.crois.runtime.agent.CommandLauncher;
import io.crois.runtime.agent.ProcessLauncher;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Containers that are child processes of this one. The real agent runs in this process, on a pool of threads; the
 * command of a step is started in front of what stands for its image. Safe for use by several threads.
 *
 * <pre>{@code
 * LocalProcessContainers.builder(platform)
 *     .image("crafto/steps:1", LocalProcessContainers.javaCommand(StepMain.class))
 *     .image("demo/train:2", "/usr/bin/python3", "/home/me/train.py")
 *     .folder(Path.of("store", "work"))
 *     .parallelism(2)
 *     .build();
 * }</pre>
 *
 * <p>Each attempt starts in an empty folder of its own, which is gone when it has ended; a step's working directory
 * belongs to its image and does not count here. CPU and memory are not limited. Virtual time stands still while a
 * container waits or runs. A container that is no step of a workflow cannot be run. When this process is ended, its
 * containers are stopped first; when it is killed by SIGKILL, a small program beside it stops them right afterwards.
 */
public final class LocalProcessContainers implements ContainerRunner, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LocalProcessContainers.class);

    private final ContainerPlatform platform;
    private final Map<String, List<String>> images;
    private final @Nullable ContainerEngine engine;
    private final Path folder;
    private final boolean ownFolder;
    private final Duration grace;
    private final ContainerLog log;
    private final ExecutorService workers;
    private final ParentTie tie;
    private final Set<LocalContainer> open = ConcurrentHashMap.newKeySet();
    private final Thread hook = new Thread(this::end, "crois-stop-containers");

    private LocalProcessContainers(Builder builder) {
        this.platform = builder.platform;
        this.images = new TreeMap<>(builder.images);
        this.engine = builder.engine;
        Path given = builder.folder;
        this.ownFolder = given == null;
        this.folder = given == null ? temporaryFolder() : given.toAbsolutePath();
        this.grace = builder.grace;
        this.log = builder.log;
        this.tie = new ParentTie(grace);
        this.workers = Executors.newFixedThreadPool(builder.parallelism, LocalProcessContainers::worker);
        Runtime.getRuntime().addShutdownHook(hook);
    }

    private static Path temporaryFolder() {
        try {
            return Files.createTempDirectory("crois-local-");
        } catch (IOException e) {
            throw new UncheckedIOException("No folder could be made for local containers.", e);
        }
    }

    private static Thread worker(Runnable work) {
        Thread thread = new Thread(work, "crois-container");
        thread.setDaemon(true);
        return thread;
    }

    /** Returns a builder of a runner that knows no images. */
    public static Builder builder(ContainerPlatform platform) {
        return new Builder(platform);
    }

    /**
     * Returns the command that starts a class with a {@code main} method on this process's own JVM, with its class path
     * and what the loaders of the class add to it, as those of a notebook do.
     *
     * @throws IllegalArgumentException if the class is in no file that another JVM can read, since it was typed into a
     *     JShell, for example
     */
    public static List<String> javaCommand(Class<?> main) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return List.of(java, "-cp", ClassPath.of(main), main.getName());
    }

    @Override
    public RunningContainer run(ContainerRequest request, ContainerListener listener) {
        List<String> prefix = images.get(request.image());
        if (prefix == null && engine == null) {
            return refuse(
                    listener,
                    ContainerEnd.notPulled("No local command stands for image `" + request.image() + "`. Known are: "
                            + String.join(", ", images.keySet()) + "."));
        }
        OrderLocation location;
        try {
            location = OrderLocation.parse(request.environment().getOrDefault(OrderLocation.VARIABLE, ""));
        } catch (IllegalArgumentException e) {
            return refuse(listener, ContainerEnd.notStarted("Only steps run as local processes. " + e.getMessage()));
        }
        LocalContainer container = new LocalContainer(platform.of(request), request, location, listener, open::remove);
        open.add(container);
        ProcessLauncher processes = ProcessLauncher.withGrace(grace).watchedBy(tie::started, tie::ended);
        CommandLauncher launcher = prefix == null
                ? new OciLauncher(Objects.requireNonNull(engine), request.image(), request.memoryMib(), processes)
                : new LocalLauncher(prefix, processes);
        workers.execute(() -> container.carryOut(folder, launcher, log));
        return container;
    }

    private RunningContainer refuse(ContainerListener listener, ContainerEnd end) {
        platform.loop().post(() -> {
            listener.placed();
            listener.ended(end);
        });
        return () -> {};
    }

    /** Stops all containers, waits until their processes are gone, and removes the folder unless it was given. */
    @Override
    public void close() {
        end();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            LOG.debug("The process is ending already; the hook stays.");
        }
    }

    private void end() {
        stopAll();
        tie.close();
        try {
            if (ownFolder) {
                Files.deleteIfExists(folder);
            }
        } catch (IOException e) {
            LOG.warn("The folder of local containers was not removed: {}", e.getMessage());
        }
    }

    private void stopAll() {
        workers.shutdown();
        open.forEach(LocalContainer::stop);
        try {
            long patience = grace.plusSeconds(10).toMillis();
            if (!workers.awaitTermination(patience, TimeUnit.MILLISECONDS)) {
                LOG.warn("{} local containers did not end when they were stopped.", open.size());
                workers.shutdownNow();
            }
        } catch (InterruptedException e) {
            workers.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    /** Collects what local containers are run with. Not safe for use by several threads. */
    public static final class Builder {

        private final ContainerPlatform platform;
        private final Map<String, List<String>> images = new TreeMap<>();
        private @Nullable ContainerEngine engine;
        private @Nullable Path folder;
        private Duration grace = Duration.ofSeconds(20);
        private int parallelism = Runtime.getRuntime().availableProcessors();
        private ContainerLog log = ContainerLog.logger();

        private Builder(ContainerPlatform platform) {
            this.platform = platform;
        }

        /** Sets what stands for an image; see {@link #image(String, List)}. */
        public Builder image(String image, String... command) {
            return image(image, List.of(command));
        }

        /**
         * Sets what stands for an image. The command of a step follows it; with an empty list it stands alone. Paths in
         * it should be absolute. Replaces what stood for the same image.
         */
        public Builder image(String image, List<String> command) {
            images.put(image, List.copyOf(command));
            return this;
        }

        /**
         * Runs steps in containers of their image where no command of this machine stands for it. The agent stays in
         * this process: inputs, outputs and secrets reach the container by mounts. Its command runs as the user of the
         * image, with the memory that the step asks for and with a working directory; a secret in a file can be read
         * only where that user is root.
         */
        public Builder engine(ContainerEngine containers) {
            engine = containers;
            return this;
        }

        /** Sets where each attempt gets its folder; the default is a folder for temporary files, removed at the end. */
        public Builder folder(Path parent) {
            folder = parent;
            return this;
        }

        /**
         * Sets how many containers run at once; the default is the number of processors. Others wait, as on AWS for a
         * machine.
         *
         * @throws IllegalArgumentException if {@code containers} is below 1
         */
        public Builder parallelism(int containers) {
            if (containers < 1) {
                throw new IllegalArgumentException("containers must be at least 1, but was " + containers + ".");
            }
            parallelism = containers;
            return this;
        }

        /** Sets how long a stopped command has between SIGTERM and SIGKILL; the default is 20 seconds. */
        public Builder grace(Duration time) {
            grace = time;
            return this;
        }

        /** Writes what each container prints to a file of its own, named by its order, in this folder. */
        public Builder logs(Path directory) {
            log = ContainerLog.files(directory.toAbsolutePath());
            return this;
        }

        /**
         * Passes on what containers print, line by line, from threads of their own; secrets are taken out before. By
         * default the lines go to the log of this process.
         */
        public Builder output(BiConsumer<ContainerRequest, String> lines) {
            log = ContainerLog.lines(lines);
            return this;
        }

        /** Returns the runner; close it to stop its containers. */
        public LocalProcessContainers build() {
            return new LocalProcessContainers(this);
        }
    }
}
