package io.crois.testkit;

import io.crois.Crois;
import io.crois.testkit.aws.InMemoryAws;
import io.crois.testkit.container.ContainerEngine;
import io.crois.testkit.container.ContainerPlatform;
import io.crois.testkit.container.ContainerRequest;
import io.crois.testkit.container.LocalProcessContainers;
import io.crois.testkit.engine.EngineLimits;
import io.crois.testkit.time.RealTimeEventLoop;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs workflows for real on this machine: steps are child processes, time is real, and what executions leave is kept
 * in a folder that outlives the process. The {@link Crois} it gives is the one that works on AWS.
 *
 * <pre>{@code
 * try (LocalCrois local = LocalCrois.builder()
 *         .store(Path.of(".crois"))
 *         .image("crafto/steps:1", LocalProcessContainers.javaCommand(Steps.class))
 *         .secret("warehouse/password", password)
 *         .build()) {
 *     Execution execution = local.crois().submit(workflow, arguments);
 *     execution.await();
 * }
 * }</pre>
 *
 * <p>Executions end with the process that submitted them. One whose process was killed is {@code ABORTED} with the
 * error {@code Crois.Interrupted} for the next process that opens the store; several processes may use a store at the
 * same time. The steps of a killed process are ended within seconds. Secrets are held in memory only.
 */
public final class LocalCrois implements AutoCloseable {
    private static final Duration POLL_INTERVAL = Duration.ofMillis(100);

    private final RealTimeEventLoop loop = RealTimeEventLoop.create();
    private final ProcessRegistry processes;
    private final InMemoryAws aws;
    private final Ownership ownership;
    private final Crois crois;

    private LocalCrois(Builder builder) {
        processes = ProcessRegistry.enter(builder.folder());
        aws = InMemoryAws.builder()
                .eventLoop(loop)
                .store(builder.folder())
                .limits(EngineLimits.aws())
                .containers(builder::containers)
                .build();
        aws.lambdaDuration(Duration.ZERO);
        Platform.install(aws);
        builder.secrets.forEach((name, value) -> Platform.putSecret(aws, builder.project, name, value));
        ownership = new Ownership(Platform.table(aws), builder.project, processes);
        ownership.install(aws);
        ownership.closeInterrupted(loop.now());
        crois = Crois.builder()
                .project(Platform.project(aws, builder.project, processes.id()))
                .clients(Platform.clients(aws))
                .clock(loop.clock())
                .pollInterval(POLL_INTERVAL)
                .build();
    }

    /** Returns a builder. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns the door that an application uses. */
    public Crois crois() {
        return crois;
    }

    /** Returns the services behind the door. */
    public InMemoryAws aws() {
        return aws;
    }

    /**
     * Stops the containers that run, closes the executions that are under way as interrupted, and lets the store go.
     */
    @Override
    public void close() {
        ownership.closeOwn(loop.now());
        ((LocalProcessContainers) aws.containers()).close();
        loop.close();
        try {
            aws.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            processes.close();
        }
    }

    /** Builds a local Crois. Not thread-safe. */
    public static final class Builder {
        private final Map<String, List<String>> images = new TreeMap<>();
        private final Map<String, String> secrets = new TreeMap<>();
        private Path store = Path.of(".crois");
        private String project = "local";
        private int parallelism = Runtime.getRuntime().availableProcessors();
        private @Nullable BiConsumer<ContainerRequest, String> output;
        private @Nullable ContainerEngine engine;

        private Builder() {}

        /** Sets the folder in which everything is kept; default {@code .crois} in the working directory. */
        public Builder store(Path folder) {
            store = folder;
            return this;
        }

        /** Sets the project's name; default {@code local}. */
        public Builder project(String name) {
            project = name;
            return this;
        }

        /** Sets the local command that stands for an image; the command of a step follows it. */
        public Builder image(String image, String... command) {
            return image(image, List.of(command));
        }

        /** Sets the local command that stands for an image; the command of a step follows it. */
        public Builder image(String image, List<String> command) {
            images.put(image, List.copyOf(command));
            return this;
        }

        /**
         * Runs steps in containers of their image, by Podman or Docker, where no local command stands for it. Find one
         * with {@link ContainerEngine#find()}.
         */
        public Builder engine(ContainerEngine containers) {
            engine = containers;
            return this;
        }

        /** Sets the value of a secret of the project, under the name that steps use. */
        public Builder secret(String name, String value) {
            secrets.put(name, value);
            return this;
        }

        /** Sets how many containers run at once, at least 1; default the number of processors. */
        public Builder parallelism(int containers) {
            parallelism = containers;
            return this;
        }

        /**
         * Passes on what containers print, line by line, from threads of their own and without the values of secrets;
         * by default it is kept in files below {@code logs} in the store.
         */
        public Builder output(BiConsumer<ContainerRequest, String> lines) {
            output = lines;
            return this;
        }

        /**
         * Opens the store, which is made if there is none.
         *
         * @throws UncheckedIOException if the folder cannot be written
         */
        public LocalCrois build() {
            return new LocalCrois(this);
        }

        private Path folder() {
            try {
                return Files.createDirectories(store).toRealPath();
            } catch (IOException e) {
                throw new UncheckedIOException("The store at " + store + " cannot be made.", e);
            }
        }

        private LocalProcessContainers containers(ContainerPlatform platform) {
            LocalProcessContainers.Builder containers = LocalProcessContainers.builder(platform)
                    .parallelism(parallelism)
                    .folder(folder().resolve("work"));
            images.forEach(containers::image);
            if (engine != null) {
                containers.engine(engine);
            }
            BiConsumer<ContainerRequest, String> lines = output;
            return (lines == null ? containers.logs(folder().resolve("logs")) : containers.output(lines)).build();
        }
    }
}
