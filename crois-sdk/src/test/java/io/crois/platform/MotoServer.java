package io.crois.platform;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;

/** The AWS APIs of the moto project as a child process on this machine. */
final class MotoServer implements AutoCloseable {
    private static final Pattern LISTENING = Pattern.compile(".*Running on (http://\\S+)");

    /** Some calls make a whole platform. */
    private static final Duration LONGEST_CALL = Duration.ofMinutes(10);

    private final Process process;
    private final URI endpoint;

    private MotoServer(Process process, URI endpoint) {
        this.process = process;
        this.endpoint = endpoint;
    }

    /** Starts it, or skips the test where it is not installed. */
    static MotoServer start() throws IOException {
        Process process;
        try {
            process = new ProcessBuilder("moto_server", "-H", "127.0.0.1", "-p", "0")
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException missing) {
            assumeTrue(false, "moto_server is not installed; `pip install 'moto[server]'` brings it.");
            throw missing;
        }
        return new MotoServer(process, endpoint(process.inputReader()));
    }

    /** Returns where it says that it listens; the system chose a port that nobody else has. */
    private static URI endpoint(BufferedReader log) throws IOException {
        for (String line = log.readLine(); line != null; line = log.readLine()) {
            Matcher found = LISTENING.matcher(line);
            if (found.matches()) {
                Thread rest = new Thread(() -> log.lines().forEach(each -> {}), "moto-log");
                rest.setDaemon(true);
                rest.start();
                return URI.create(found.group(1));
            }
        }
        throw new IOException("moto_server ended before it listened.");
    }

    <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C client(B builder) {
        return builder.endpointOverride(endpoint)
                .httpClientBuilder(ApacheHttpClient.builder().socketTimeout(LONGEST_CALL))
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
                .build();
    }

    /** Returns the ids of an element that EC2 lists by default: each account begins with a network of its own. */
    List<String> ids(String action, String element) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(endpoint)
                .header(
                        "Authorization",
                        "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/ec2/aws4_request, SignedHeaders=host,"
                                + " Signature=none")
                .POST(HttpRequest.BodyPublishers.ofString("Version=2016-11-15&Action=" + action))
                .build();
        String answer = HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body();
        return Pattern.compile("<" + element + ">([^<]+)<")
                .matcher(answer)
                .results()
                .map(found -> found.group(1))
                .distinct()
                .toList();
    }

    @Override
    public void close() throws Exception {
        process.destroy();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
