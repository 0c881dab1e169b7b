package io.crois.testkit.container;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.crois.contract.ItemKey;
import io.crois.contract.Json;
import io.crois.contract.OrderLocation;
import io.crois.contract.PlatformSettings;
import io.crois.contract.ResultProduct;
import io.crois.contract.Run;
import io.crois.contract.SecretUse;
import io.crois.contract.StoredArtifact;
import io.crois.contract.TaskOrder;
import io.crois.contract.TaskReport;
import io.crois.testkit.moto.MotoServer;
import io.crois.testkit.time.RealTimeEventLoop;
import io.crois.workflow.ArtifactKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import software.amazon.awssdk.core.sync.RequestBody;

/** Containers with the agent in them, and the services that it calls. */
final class ContainerWorld implements AutoCloseable {
    /** Of this process alone: others on this machine may test with secrets too, and all are looked for in one /proc. */
    static final String SECRET = "s3cr3t/välue+of:"
            + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());

    private static final String AGENT_IMAGE = "localhost/crois-agent";
    private static final Path BUNDLE = Path.of("..", "crois-runtime", "target", "bundle", "crois-agent-image.tar");
    private static final long PATIENCE_SECONDS = 300;

    final ContainerEngine engine;
    final ContainerServices services;
    final RealTimeEventLoop loop = RealTimeEventLoop.create();
    private final String agentVolume;
    private final List<Step> steps = new ArrayList<>();

    private ContainerWorld(ContainerEngine engine, MotoServer moto) throws Exception {
        this.engine = engine;
        engine.load(BUNDLE);
        agentVolume = OciContainers.install(engine, AGENT_IMAGE);
        services = new ContainerServices(moto);
        services.secrets.createSecret(
                request -> request.name("crois/demo/warehouse").secretString(SECRET));
    }

    /** Starts everything, or skips the test and says what is missing. */
    static ContainerWorld open() throws Exception {
        Optional<ContainerEngine> engine = ContainerEngine.find();
        Assumptions.assumeTrue(engine.isPresent(), "Neither podman nor docker is installed; run .ci/components.");
        for (String image : List.of("debian", "musl", "nobody")) {
            Assumptions.assumeTrue(
                    engine.orElseThrow().hasImage("localhost/crois-test/" + image),
                    "Image crois-test/" + image + " is not there; run .ci/components.");
        }
        Assumptions.assumeTrue(Files.exists(BUNDLE), "The agent's bundle is not there; run mvn package first.");
        return new ContainerWorld(engine.orElseThrow(), MotoServer.emptied());
    }

    /** Returns the services as a runner in this process speaks to them. */
    ContainerPlatform platform() {
        return new ContainerPlatform(
                loop, services.dynamoDb, services.s3, services.secrets, PlatformSettings.defaults());
    }

    /** Returns the folder of the volume with the agent, as this machine has it. */
    Path volume() {
        return Path.of(engine.must(List.of("volume", "inspect", "--format", "{{.Mountpoint}}", agentVolume)));
    }

    /** Returns a step to run, by a shell in an image. It is told the secret, as every step here. */
    Step step(String image, String script) {
        return command(image, "sh", "-c", script);
    }

    Step command(String image, String... command) {
        Step step = new Step(image, List.of(command));
        steps.add(step);
        return step;
    }

    /** Returns what each step so far has printed, with the agent's own lines. */
    Map<String, String> printed() {
        Map<String, String> printed = new TreeMap<>();
        steps.forEach(step -> printed.put(step.run.execution() + " in " + step.image, step.printed()));
        return printed;
    }

    @Override
    public void close() throws Exception {
        steps.forEach(Step::close);
        loop.close();
        services.close();
        engine.call(List.of("volume", "rm", "-f", agentVolume));
    }

    /** A step under construction, then running, then over. */
    final class Step implements AutoCloseable {
        private final String image;
        private final List<String> command;
        private final Run run = Run.of("demo", "run-" + UUID.randomUUID());
        private final List<TaskOrder.Input> inputs = new ArrayList<>();
        private final List<TaskOrder.Output> outputs = new ArrayList<>();
        private final List<ResultProduct> results = new ArrayList<>();
        private final Map<String, String> environment = new TreeMap<>();
        private final Map<String, JsonNode> parameters = new TreeMap<>();
        private final List<String> options = new ArrayList<>(List.of("--network", "host"));
        private final StringBuffer printed = new StringBuffer();
        private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
        private final CompletableFuture<ContainerEnd> end = new CompletableFuture<>();
        private long memoryMib = 512;
        private long runBudget = 600;
        private Duration stopWindow = Duration.ofSeconds(30);
        private String directory;
        private OciContainers containers;
        private RunningContainer container;

        private Step(String image, List<String> command) {
            this.image = "localhost/crois-test/" + image;
            this.command = command;
        }

        Step input(String name, String content) throws Exception {
            String key = "demo/in/" + UUID.randomUUID();
            services.s3.putObject(request -> request.bucket("crois").key(key), RequestBody.fromString(content));
            byte[] bytes = content.getBytes(UTF_8);
            String sha256 = HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
            inputs.add(new TaskOrder.Input(
                    name, new StoredArtifact(name, ArtifactKind.FILE, "crois", key, bytes.length, 1, sha256, false)));
            return this;
        }

        Step output(String name) {
            outputs.add(new TaskOrder.Output(name, ArtifactKind.FILE, true, "crois", key(name)));
            return this;
        }

        Step result(ResultProduct result) {
            results.add(result);
            return this;
        }

        Step parameter(String name, Object value) {
            parameters.put(name, Json.tree(value));
            return this;
        }

        Step variable(String name, String value) {
            environment.put(name, value);
            return this;
        }

        Step directory(String path) {
            directory = path;
            return this;
        }

        Step memoryMib(long mebibytes) {
            memoryMib = mebibytes;
            return this;
        }

        Step runBudget(long seconds) {
            runBudget = seconds;
            return this;
        }

        Step stopWindow(Duration time) {
            stopWindow = time;
            return this;
        }

        Step option(String... more) {
            options.addAll(List.of(more));
            return this;
        }

        private String key(String name) {
            return "demo/" + run.execution() + "/" + name;
        }

        OrderLocation order() {
            ItemKey key = ItemKey.order(run, "step", 1);
            services.table()
                    .put(
                            key,
                            new TaskOrder(
                                    run,
                                    "workflow",
                                    "step",
                                    1,
                                    command,
                                    environment,
                                    directory,
                                    parameters,
                                    inputs,
                                    outputs,
                                    results,
                                    List.of(
                                            new SecretUse("PASSWORD", null, "warehouse"),
                                            new SecretUse(null, "password", "warehouse")),
                                    runBudget,
                                    null));
            return new OrderLocation("crois", key);
        }

        ContainerRequest request() {
            return new ContainerRequest(
                    UUID.randomUUID().toString(),
                    image,
                    List.of(),
                    Map.of(OrderLocation.VARIABLE, order().text()),
                    1,
                    memoryMib);
        }

        /** Starts the container. */
        Step start() {
            OciContainers.Builder builder = OciContainers.builder(loop, engine)
                    .agentVolume(agentVolume)
                    .stopWindow(stopWindow)
                    .output((request, line) -> print(line))
                    .option(options.toArray(String[]::new));
            services.environment().forEach(builder::environment);
            containers = builder.build();
            return startIn(containers);
        }

        Step startIn(ContainerRunner runner) {
            container = loop.call(() -> runner.run(request(), listener()));
            return this;
        }

        /** Called by a thread for each of the two streams: a line goes in at once, or another would stand within it. */
        void print(String line) {
            printed.append(line + "\n");
            lines.add(line);
        }

        private ContainerListener listener() {
            return new ContainerListener() {
                @Override
                public void placed() {}

                @Override
                public void started() {}

                @Override
                public void ended(ContainerEnd how) {
                    end.complete(how);
                }
            };
        }

        /** Waits until the container has printed a line. */
        Step awaitLine(String line) throws InterruptedException {
            String next = "";
            while (next != null && !next.equals(line)) {
                next = lines.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            }
            if (next == null) {
                throw new AssertionError("It has not printed `" + line + "` but:\n" + printed);
            }
            return this;
        }

        void stop() {
            loop.post(container::stop);
        }

        void signal(String name) {
            ((OciContainer) container).signal(name);
        }

        /** Returns the number of the first process, as this machine has it. */
        long firstProcess() {
            String name = ((OciContainer) container).name();
            return Long.parseLong(engine.must(List.of("inspect", "--format", "{{.State.Pid}}", name)));
        }

        /** Waits for the end of the container. */
        ContainerEnd await() throws Exception {
            try {
                return end.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            } finally {
                close();
            }
        }

        /** Starts the container and waits for its end; returns its exit code. */
        int exitCode() throws Exception {
            Integer code = start().await().exitCode();
            return code == null ? -1 : code;
        }

        String printed() {
            return printed.toString();
        }

        Optional<TaskReport> report() {
            return services.table().read(ItemKey.report(run, "step", 1), TaskReport.class);
        }

        Run run() {
            return run;
        }

        String stored(String name) {
            return services.s3
                    .getObjectAsBytes(request -> request.bucket("crois").key(key(name)))
                    .asUtf8String();
        }

        @Override
        public void close() {
            if (containers != null) {
                containers.close();
            }
        }
    }
}
