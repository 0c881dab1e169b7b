package io.crois.testkit.moto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.regions.Region;

/**
 * A child process that imitates the APIs of AWS, on this machine alone. One serves all tests, one after the other: its
 * start takes seconds.
 */
public final class MotoServer {
    private static final String RUNNING = "Running on ";

    private static @Nullable MotoServer running;

    private final URI endpoint;

    private MotoServer(URI endpoint) {
        this.endpoint = endpoint;
    }

    /** Returns the server with nothing in it; skips the test where moto is not installed. */
    public static synchronized MotoServer emptied() throws IOException {
        Optional<File> program = program();
        assumeTrue(program.isPresent(), "moto_server is not installed; `pip install 'moto[server]'` brings it.");
        MotoServer server = running;
        if (server == null) {
            server = start(program.orElseThrow());
            running = server;
        } else {
            server.forget();
        }
        return server;
    }

    private static Optional<File> program() {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        Stream<String> folders = Arrays.stream(path.split(File.pathSeparator));
        return folders.map(folder -> new File(folder, "moto_server"))
                .filter(File::canExecute)
                .findFirst();
    }

    /** Starts a server on a port that the system gives it, and waits until it says where it serves. */
    private static MotoServer start(File program) throws IOException {
        Process process = new ProcessBuilder(program.getPath(), "-H", "127.0.0.1", "-p", "0")
                .redirectErrorStream(true)
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }));
        BufferedReader log =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String line = log.readLine();
        while (line != null && !line.contains(RUNNING)) {
            line = log.readLine();
        }
        assertThat(line).as("what moto_server said of where it runs").isNotNull();
        URI endpoint = URI.create(
                line.substring(line.indexOf(RUNNING) + RUNNING.length()).strip());
        Thread drain = new Thread(() -> log.lines().forEach(ignored -> {}), "moto-log");
        drain.setDaemon(true);
        drain.start();
        return new MotoServer(endpoint);
    }

    public URI endpoint() {
        return endpoint;
    }

    /** Returns a client of an account of this server. */
    public <B extends AwsClientBuilder<B, C>, C> C client(B builder) {
        return builder.endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
                .build();
    }

    private void forget() {
        try {
            HttpRequest request = HttpRequest.newBuilder(endpoint.resolve("/moto-api/reset"))
                    .POST(HttpRequest.BodyPublishers.noBody())
                    .build();
            HttpResponse<String> answer =
                    HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(200);
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
