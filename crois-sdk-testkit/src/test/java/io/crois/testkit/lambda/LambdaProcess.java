package io.crois.testkit.lambda;

import com.amazonaws.services.lambda.runtime.api.client.AWSLambda;
import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.crois.contract.Json;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A function as AWS Lambda runs it: a child process with AWS's own runtime client, the jar and nothing else, which asks
 * a server on loopback for its events.
 */
final class LambdaProcess implements AutoCloseable {
    private static final String API = "/2018-06-01/runtime/";
    private static final Duration LIMIT = Duration.ofMinutes(5);

    private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "runtime-api");
        thread.setDaemon(true);
        return thread;
    });
    private final HttpServer server;
    private final Process process;
    private volatile CompletableFuture<Answer> answer = new CompletableFuture<>();

    /**
     * What a function answered.
     *
     * @param failed whether it is the description of an exception
     */
    record Answer(boolean failed, JsonNode body) {}

    private LambdaProcess(Path jar, String function, Map<String, String> environment) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext(API, this::serve);
        server.start();
        process = start(jar, function, environment);
        process.onExit()
                .thenAccept(ended -> answer.completeExceptionally(
                        new IllegalStateException("The function's process ended with " + ended.exitValue() + ".")));
    }

    /**
     * Starts a function.
     *
     * @param function the name of its class in {@code io.crois.runtime.lambda}
     */
    static LambdaProcess of(Path jar, String function, Map<String, String> environment) {
        try {
            return new LambdaProcess(jar, function, environment);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Process start(Path jar, String function, Map<String, String> environment) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        ProcessBuilder builder = new ProcessBuilder(
                        java,
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        jar + File.pathSeparator + runtimeClient(),
                        "com.amazonaws.services.lambda.runtime.api.client.AWSLambda",
                        "io.crois.runtime.lambda." + function + "::handleRequest")
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().putAll(environment);
        builder.environment()
                .putAll(Map.of(
                        "AWS_LAMBDA_RUNTIME_API",
                                "127.0.0.1:" + server.getAddress().getPort(),
                        "AWS_LAMBDA_FUNCTION_NAME", function,
                        "AWS_LAMBDA_FUNCTION_VERSION", "1",
                        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "1769",
                        "AWS_REGION", "us-east-1",
                        "AWS_ACCESS_KEY_ID", "test",
                        "AWS_SECRET_ACCESS_KEY", "test"));
        return builder.start();
    }

    private static String runtimeClient() {
        return String.join(File.pathSeparator, place(AWSLambda.class), place(PojoSerializer.class));
    }

    private static String place(Class<?> type) {
        return Path.of(URI.create(
                        type.getProtectionDomain().getCodeSource().getLocation().toString()))
                .toString();
    }

    private void serve(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath().substring(API.length());
        byte[] body = exchange.getRequestBody().readAllBytes();
        if (path.equals("invocation/next")) {
            next(exchange);
            return;
        }
        exchange.sendResponseHeaders(202, -1);
        exchange.close();
        answer.complete(new Answer(!path.endsWith("/response"), Json.parse(new String(body, StandardCharsets.UTF_8))));
    }

    private void next(HttpExchange exchange) throws IOException {
        try {
            byte[] event = events.take().getBytes(StandardCharsets.UTF_8);
            var headers = exchange.getResponseHeaders();
            headers.add("Content-Type", "application/json");
            headers.add("Lambda-Runtime-Aws-Request-Id", "8476a536-e9f4-11e8-9739-2dfe598c3fcd");
            headers.add("Lambda-Runtime-Deadline-Ms", Long.toString(System.currentTimeMillis() + LIMIT.toMillis()));
            headers.add("Lambda-Runtime-Invoked-Function-Arn", "arn:aws:lambda:us-east-1:123456789012:function:crois");
            exchange.sendResponseHeaders(200, event.length);
            exchange.getResponseBody().write(event);
            endAfter(LIMIT);
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        } finally {
            exchange.close();
        }
    }

    /** Ends the process after a time, unless it has answered by then, as Lambda does at the deadline. */
    void endAfter(Duration time) {
        CompletableFuture<Answer> asked = answer;
        CompletableFuture.delayedExecutor(time.toMillis(), TimeUnit.MILLISECONDS, threads)
                .execute(() -> endUnlessAnswered(asked));
    }

    private void endUnlessAnswered(CompletableFuture<Answer> asked) {
        if (!asked.isDone()) {
            kill();
        }
    }

    /** Has the function handle an event and waits for its answer. */
    Answer invoke(JsonNode event) {
        return begin(event).join();
    }

    /** Has the function handle an event; the answer fails when the process ends before. */
    CompletableFuture<Answer> begin(JsonNode event) {
        answer = new CompletableFuture<>();
        if (!process.isAlive()) {
            answer.completeExceptionally(new IllegalStateException("The function's process is dead."));
        }
        events.add(Json.write(event));
        return answer;
    }

    /** Ends the process as a machine does that is switched off. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
        kill();
        server.stop(0);
        threads.shutdownNow();
    }
}
