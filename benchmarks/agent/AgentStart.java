import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;

/**
 * Measures what the agent costs where there is nothing to transfer: the whole process around `true`, beside a minimal
 * program on the same runtime that makes the same two calls of DynamoDB and starts the same command. Both have an
 * archive of their classes; they run in turns.
 *
 * <p>mvn -q -DskipTests -pl crois-runtime -am package && java benchmarks/agent/AgentStart.java
 * crois-runtime/target/bundle/crois
 */
public final class AgentStart {
    private static final String ORDER = """
            {"run":{"project":"demo","execution":"run","scope":""},"workflow":"w","step":"s","attempt":1,"command":["true"],
             "environment":{},"parameters":{},"inputs":[],"outputs":[],"results":[],"secrets":[],"runBudget":60}""";

    private final Path bundle;
    private final Path work;
    private final int port;

    private AgentStart(Path bundle, Path work, int port) {
        this.bundle = bundle;
        this.work = work;
        this.port = port;
    }

    public static void main(String[] arguments) throws Exception {
        HttpServer dynamoDb = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        dynamoDb.setExecutor(Executors.newCachedThreadPool());
        String item = "{\"Item\":{\"pk\":{\"S\":\"a\"},\"sk\":{\"S\":\"b\"},\"body\":{\"S\":\""
                + ORDER.replace("\n", "").replace("\"", "\\\"") + "\"}}}";
        dynamoDb.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            String target = String.valueOf(exchange.getRequestHeaders().getFirst("X-Amz-Target"));
            byte[] answer = (target.endsWith("GetItem") ? item : "{}").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        dynamoDb.start();
        int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 21;
        new AgentStart(
                        Path.of(arguments[0]).toAbsolutePath(),
                        Files.createTempDirectory("agent-start"),
                        dynamoDb.getAddress().getPort())
                .measure(rounds);
        System.exit(0);
    }

    private void measure(int rounds) throws Exception {
        List<String> floor = floor();
        List<String> agent = List.of(bundle.resolve("agent").toString());
        List<Long> ofFloor = new ArrayList<>();
        List<Long> ofAgent = new ArrayList<>();
        List<Long> cpuOfFloor = new ArrayList<>();
        List<Long> cpuOfAgent = new ArrayList<>();
        for (int round = 0; round < rounds + 2; round++) {
            long[] one = run(floor);
            long[] other = run(agent);
            if (round >= 2) {
                ofFloor.add(one[0]);
                cpuOfFloor.add(one[1]);
                ofAgent.add(other[0]);
                cpuOfAgent.add(other[1]);
            }
        }
        System.out.printf(
                "whole process, median of %d: floor %d ms, agent %d ms, ratio %.2f%n",
                rounds, median(ofFloor), median(ofAgent), (double) median(ofAgent) / median(ofFloor));
        System.out.printf(
                "processor time: floor %d ms, agent %d ms, ratio %.2f%n",
                median(cpuOfFloor), median(cpuOfAgent), (double) median(cpuOfAgent) / median(cpuOfFloor));
    }

    private static long median(List<Long> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    private long[] run(List<String> command) throws IOException, InterruptedException {
        List<String> timed = new ArrayList<>(List.of(
                "/usr/bin/time",
                "-f",
                "%e %U %S",
                "-o",
                work.resolve("time").toString(),
                "unshare",
                "--pid",
                "--fork",
                "--mount-proc"));
        timed.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(timed).inheritIO();
        builder.environment()
                .putAll(Map.of(
                        "CROIS_ORDER", "crois/a/b",
                        "AWS_REGION", "us-east-1",
                        "AWS_ACCESS_KEY_ID", "identity",
                        "AWS_SECRET_ACCESS_KEY", "credential",
                        "AWS_ENDPOINT_URL", "http://127.0.0.1:" + port));
        long start = System.nanoTime();
        int code = builder.start().waitFor();
        long millis = (System.nanoTime() - start) / 1_000_000;
        if (code != 0) {
            throw new IllegalStateException(command.get(0) + " ended with " + code);
        }
        String[] time = Files.readString(work.resolve("time")).strip().split(" ");
        return new long[] {millis, Math.round((Double.parseDouble(time[1]) + Double.parseDouble(time[2])) * 1000)};
    }

    /** The same loader, runtime and options as the agent's, another main class. */
    private List<String> floor() throws Exception {
        Path source = Path.of(System.getProperty("floor", "benchmarks/agent/Floor.java"));
        String java = Path.of(System.getProperty("java.home"), "bin").toString();
        must(List.of(java + "/javac", "--release", "17", "-d", work.toString(), source.toString()));
        must(List.of(
                java + "/jar",
                "--create",
                "--file",
                work.resolve("floor.jar").toString(),
                "-C",
                work.toString(),
                "Floor.class"));
        List<String> start = Files.readAllLines(bundle.resolve("agent.start")).stream()
                .filter(line -> line.startsWith("%/lib")
                        || line.startsWith("--library")
                        || line.startsWith("%/rt")
                        || line.startsWith("-X"))
                .filter(line -> !line.startsWith("-XX:AOTCache"))
                .map(line -> line.replace("%", bundle.toString()))
                .toList();
        List<String> base = new ArrayList<>(start);
        base.add("-Djdk.lang.Process.launchMechanism=FORK");
        List<String> record = new ArrayList<>(base);
        record.addAll(List.of(
                "-XX:AOTCacheOutput=" + work.resolve("floor.aot"),
                "-cp",
                work.resolve("floor.jar").toString(),
                "Floor"));
        run(record);
        base.addAll(List.of(
                "-XX:AOTCache=" + work.resolve("floor.aot"),
                "-cp",
                work.resolve("floor.jar").toString(),
                "Floor"));
        return base;
    }

    private static void must(List<String> command) throws Exception {
        if (new ProcessBuilder(command).inheritIO().start().waitFor() != 0) {
            throw new IllegalStateException(command.toString());
        }
    }
}
