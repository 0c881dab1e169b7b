package io.crois.runtime.lambda;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;

/** The queue against the API of Amazon SQS as moto imitates it. */
final class SqsDeadLettersTest extends DeadLettersContract {
    private static Process moto;
    private static SqsClient sqs;

    private String url;

    @BeforeAll
    static void start() throws IOException {
        boolean found = Arrays.stream(System.getenv("PATH").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "moto_server")));
        assumeTrue(found, "moto_server is not installed (pip install 'moto[server]').");
        int port = freePort();
        moto = new ProcessBuilder("moto_server", "-H", "127.0.0.1", "-p", Integer.toString(port))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        awaitPort(port);
        sqs = SqsClient.builder()
                .endpointOverride(URI.create("http://127.0.0.1:" + port))
                .region(Region.EU_WEST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret")))
                .httpClient(UrlConnectionHttpClient.create())
                .build();
    }

    @AfterAll
    static void stop() {
        if (moto != null) {
            moto.destroyForcibly();
        }
    }

    @BeforeEach
    void createQueue() {
        url = sqs.createQueue(request -> request.queueName("dead-events")).queueUrl();
    }

    @Override
    DeadLetters letters() {
        return new SqsDeadLetters(sqs, url);
    }

    @Override
    void post(String body) {
        sqs.sendMessage(request -> request.queueUrl(url).messageBody(body));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static void awaitPort(int port) {
        for (int tries = 0; tries < 600; tries++) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress("127.0.0.1", port), 100);
                return;
            } catch (IOException notYet) {
                LockSupport.parkNanos(100_000_000);
            }
        }
        throw new IllegalStateException("moto_server did not open port " + port + " within a minute.");
    }
}
