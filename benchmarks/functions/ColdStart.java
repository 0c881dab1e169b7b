import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.crois.contract.Json;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Measures how long a function takes from the start of its process to the answer to its first event, beside a minimal
 * program that makes the same first call of AWS with the same HTTP client. Both run with AWS's own runtime client, in
 * turns, without and with an archive of their classes (class-data sharing).
 *
 * <p>mvn -q -DskipTests -pl benchmarks -am package && java -cp "benchmarks/target/lib/*"
 * benchmarks/functions/ColdStart.java crois-runtime/target/crois-runtime-functions.jar
 */
public final class ColdStart {
    private static final Path FIRST_EVENTS =
            Path.of("crois-sdk-testkit/src/test/resources/functions/first-events.json");
    private static final Map<String, Object> ITEMS = new HashMap<>();
    private static final BlockingQueue<CompletableFuture<Void>> ANSWERS = new LinkedBlockingQueue<>();
    private static volatile String event = "{}";
    private static volatile boolean asked;
    private static volatile String failure = "";

    private final Path jar;
    private final Path work;
    private final int port;

    private ColdStart(Path jar, Path work, int port) {
        this.jar = jar;
        this.work = work;
        this.port = port;
    }

    public static void main(String[] arguments) throws Exception {
        // The server sends head and body of an answer apart; without this each answer waits 40 ms for an acknowledgement.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        ExecutorService workers = Executors.newCachedThreadPool();
        server.setExecutor(workers);
        server.createContext("/2018-06-01/runtime/", ColdStart::runtimeApi);
        server.createContext("/", ColdStart::aws);
        server.start();
        int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 11;
        Path work = Files.createTempDirectory("cold-start");
        try {
            new ColdStart(
                            Path.of(arguments[0]).toAbsolutePath(),
                            work,
                            server.getAddress().getPort())
                    .measureAll(rounds, arguments.length > 2 ? List.of(arguments[2].split(",")) : List.of());
        } finally {
            server.stop(0);
            workers.shutdownNow();
        }
    }

    private void measureAll(int rounds, List<String> only) throws Exception {
        Map<String, JsonNode> events = events();
        compileFloor();
        System.out.printf("%s, medians of %d%n", Runtime.version(), rounds);
        for (boolean shared : new boolean[] {false, true}) {
            for (Map.Entry<String, JsonNode> entry : events.entrySet()) {
                if (only.isEmpty() || only.contains(entry.getKey())) {
                    event = entry.getValue().toString();
                    measure(entry.getKey(), shared, rounds);
                }
            }
        }
    }

    private void measure(String name, boolean shared, int rounds) throws Exception {
        boolean queue = name.equals("Reconcile");
        List<String> floor = command("Floor", work.resolve("floor.jar") + File.pathSeparator);
        List<String> function = command("io.crois.runtime.lambda." + name + "Function", "");
        if (shared) {
            archive(floor, queue);
            archive(function, queue);
        }
        List<long[]> ofFloor = new ArrayList<>();
        List<long[]> ofFunction = new ArrayList<>();
        for (int round = 0; round < rounds + 1; round++) {
            long[] one = run(floor, queue, false);
            long[] other = run(function, queue, false);
            if (round > 0) {
                ofFloor.add(one);
                ofFunction.add(other);
            }
        }
        System.out.printf(
                "%-10s %-15s floor %5d ms (processor %5d), function %5d ms (processor %5d), ratio %.2f (processor %.2f)%n",
                name,
                shared ? "shared classes" : "",
                median(ofFloor, 0),
                median(ofFloor, 1),
                median(ofFunction, 0),
                median(ofFunction, 1),
                (double) median(ofFunction, 0) / median(ofFloor, 0),
                (double) median(ofFunction, 1) / median(ofFloor, 1));
    }

    private static long median(List<long[]> values, int of) {
        return values.stream().map(value -> value[of]).sorted().toList().get(values.size() / 2);
    }

    /** The options that Lambda gives Java functions, and the ones of the platform's template. */
    private List<String> command(String handler, String before) {
        return new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                before + jar + File.pathSeparator + runtimeClient(),
                "com.amazonaws.services.lambda.runtime.api.client.AWSLambda",
                handler + "::handleRequest"));
    }

    private static String runtimeClient() {
        return String.join(
                File.pathSeparator,
                Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                        .filter(entry -> entry.contains("aws-lambda-java-runtime-interface-client")
                                || entry.contains("aws-lambda-java-serialization"))
                        .toList());
    }

    private void archive(List<String> command, boolean queue) throws Exception {
        Path archive = work.resolve("classes-" + System.nanoTime() + ".jsa");
        command.add(1, "-XX:ArchiveClassesAtExit=" + archive);
        run(command, queue, true);
        command.set(1, "-XX:SharedArchiveFile=" + archive);
        command.add(2, "-Xlog:disable");
        command.add(3, "-Xlog:all=error:stderr");
    }

    /** Returns the milliseconds until the answer, and those of processor time until then. */
    private long[] run(List<String> command, boolean queue, boolean gently) throws Exception {
        CompletableFuture<Void> answer = new CompletableFuture<>();
        asked = false;
        ANSWERS.clear();
        ANSWERS.add(answer);
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(work.resolve("errors").toFile());
        builder.environment().putAll(environment());
        if (queue) {
            builder.environment().put("CROIS_DEAD_EVENTS", "http://127.0.0.1:" + port + "/123456789012/dead");
        }
        long start = System.nanoTime();
        Process process = builder.start();
        answer.get(2, TimeUnit.MINUTES);
        long millis = (System.nanoTime() - start) / 1_000_000;
        String[] times = Files.readString(Path.of("/proc/" + process.pid() + "/stat"))
                .split("\\) ")[1]
                .split(" ");
        long processor = (Long.parseLong(times[11]) + Long.parseLong(times[12])) * 10;
        if (!failure.isEmpty()) {
            throw new IllegalStateException(failure);
        }
        if (gently) {
            process.destroy();
        } else {
            process.destroyForcibly();
        }
        process.waitFor();
        return new long[] {millis, processor};
    }

    private Map<String, String> environment() {
        return Map.of(
                "AWS_LAMBDA_RUNTIME_API", "127.0.0.1:" + port,
                "AWS_LAMBDA_FUNCTION_NAME", "function",
                "AWS_LAMBDA_FUNCTION_VERSION", "1",
                "AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "1769",
                "AWS_REGION", "us-east-1",
                "AWS_ACCESS_KEY_ID", "identity",
                "AWS_SECRET_ACCESS_KEY", "credential",
                "AWS_ENDPOINT_URL", "http://127.0.0.1:" + port);
    }

    private void compileFloor() throws Exception {
        Path source = Path.of(System.getProperty("floor", "benchmarks/functions/Floor.java"));
        String java = Path.of(System.getProperty("java.home"), "bin").toString();
        must(List.of(
                java + "/javac", "--release", "17", "-d", work.toString(), "-cp", jar.toString(), source.toString()));
        must(List.of(
                java + "/jar",
                "--create",
                "--file",
                work.resolve("floor.jar").toString(),
                "-C",
                work.toString(),
                "Floor.class"));
    }

    private static void must(List<String> command) throws Exception {
        if (new ProcessBuilder(command).inheritIO().start().waitFor() != 0) {
            throw new IllegalStateException(command.toString());
        }
    }

    /** Takes the items that the functions read, and returns the first event of each function. */
    private static Map<String, JsonNode> events() throws IOException {
        JsonNode first = Json.parse(Files.readString(FIRST_EVENTS));
        for (JsonNode item : first.path("items")) {
            String pk = item.path("pk").asText();
            String sk = item.path("sk").asText();
            ITEMS.put(
                    pk + "|" + sk,
                    Map.of(
                            "pk", Map.of("S", pk),
                            "sk", Map.of("S", sk),
                            "body", Map.of("S", item.path("body").toString())));
        }
        Map<String, JsonNode> events = new LinkedHashMap<>();
        first.path("events").properties().forEach(event -> events.put(event.getKey(), event.getValue()));
        return events;
    }

    /** Gives the event once, takes the answer. */
    private static void runtimeApi(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        if (exchange.getRequestURI().getPath().endsWith("/next")) {
            if (asked) {
                return; // The process is ended while it waits.
            }
            asked = true;
            var headers = exchange.getResponseHeaders();
            headers.add("Lambda-Runtime-Aws-Request-Id", "8476a536-e9f4-11e8-9739-2dfe598c3fcd");
            headers.add("Lambda-Runtime-Deadline-Ms", Long.toString(System.currentTimeMillis() + 60_000));
            headers.add("Lambda-Runtime-Invoked-Function-Arn", "arn:aws:lambda:us-east-1:123456789012:function:crois");
            answer(exchange, event);
            return;
        }
        failure = exchange.getRequestURI().getPath().endsWith("/response") ? "" : body;
        CompletableFuture<Void> waiting = ANSWERS.poll();
        if (waiting != null) {
            waiting.complete(null);
        }
        answer(exchange, "{}");
    }

    /** DynamoDB that reads what there is and forgets what is written; a queue that is empty; executions that start. */
    private static void aws(HttpExchange exchange) throws IOException {
        JsonNode request = Json.parse(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        String target = String.valueOf(exchange.getRequestHeaders().getFirst("X-Amz-Target"));
        if (target.endsWith(".GetItem")) {
            Object item = ITEMS.get(key(request.path("Key")));
            answer(exchange, item == null ? "{}" : Json.write(Map.of("Item", item)));
        } else if (target.endsWith(".BatchGetItem")) {
            List<Object> found = new ArrayList<>();
            request.at("/RequestItems/crois/Keys").forEach(key -> {
                if (ITEMS.containsKey(key(key))) {
                    found.add(ITEMS.get(key(key)));
                }
            });
            answer(exchange, Json.write(Map.of("Responses", Map.of("crois", found), "UnprocessedKeys", Map.of())));
        } else if (target.endsWith(".StartExecution")) {
            String arn = "arn:aws:states:us-east-1:123456789012:execution:crois:"
                    + request.path("name").asText();
            answer(exchange, "{\"executionArn\":\"" + arn + "\",\"startDate\":1769860800}");
        } else if (target.endsWith(".Query")) {
            answer(exchange, "{\"Items\":[],\"Count\":0,\"ScannedCount\":0}");
        } else {
            answer(exchange, "{}");
        }
    }

    private static String key(JsonNode key) {
        return key.at("/pk/S").asText() + "|" + key.at("/sk/S").asText();
    }

    private static void answer(HttpExchange exchange, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
