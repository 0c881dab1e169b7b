package io.crois.runtime.lambda;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
        moto = new ProcessBuilder("moto_server", "-H", "127.0.0.1", "-p", "0")
                .redirectErrorStream(true)
                .start();
        URI endpoint = endpoint(moto.inputReader());
        sqs = SqsClient.builder()
                .endpointOverride(endpoint)
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

    /** Returns where it says that it listens; the system chose a port that nobody else has. */
    private static URI endpoint(BufferedReader log) throws IOException {
        Pattern listening = Pattern.compile(".*Running on (http://\\S+)");
        for (String line = log.readLine(); line != null; line = log.readLine()) {
            Matcher found = listening.matcher(line);
            if (found.matches()) {
                Thread rest = new Thread(() -> log.lines().forEach(each -> {}), "moto-log");
                rest.setDaemon(true);
                rest.start();
                return URI.create(found.group(1));
            }
        }
        throw new IOException("moto_server ended before it listened.");
    }
}
