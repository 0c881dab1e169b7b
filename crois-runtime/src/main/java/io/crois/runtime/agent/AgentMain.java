package io.crois.runtime.agent;

import io.crois.contract.AgentExit;
import io.crois.contract.OrderLocation;
import io.crois.contract.PlatformSettings;
import io.crois.table.CroisTable;
import java.nio.file.Path;
import java.time.Clock;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/**
 * The agent as a program: the entry point of a container. Reads {@code CROIS_ORDER}; on SIGTERM the command gets
 * SIGTERM, and what it has written is stored before the agent ends.
 */
public final class AgentMain {

    private AgentMain() {}

    /** Carries out the order that {@code CROIS_ORDER} names and exits with the code of {@link Agent#run}. */
    public static void main(String[] arguments) {
        String text = System.getenv(OrderLocation.VARIABLE);
        if (text == null) {
            System.err.println(OrderLocation.VARIABLE + " is not set; the agent is started by Crois, not by hand.");
            System.exit(AgentExit.ORDER_NOT_READABLE.code());
            return;
        }
        StopSignal stop = new StopSignal();
        Thread main = Thread.currentThread();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stopAndWait(stop, main), "crois-stop"));
        int code = run(text, stop);
        Runtime.getRuntime().halt(code);
    }

    private static int run(String text, StopSignal stop) {
        SdkHttpClient http = UrlConnectionHttpClient.create();
        try (DynamoDbClient dynamoDb = DynamoDbClient.builder().httpClient(http).build();
                S3Client s3 = S3Client.builder().httpClient(http).build();
                SecretsManagerClient secrets =
                        SecretsManagerClient.builder().httpClient(http).build()) {
            OrderLocation location = OrderLocation.parse(text);
            PlatformSettings settings = PlatformSettings.fromEnvironment(System.getenv());
            CroisTable table = CroisTable.create(dynamoDb, s3, settings, Clock.systemUTC());
            Path work = Path.of(System.getProperty("java.io.tmpdir"), "crois");
            Agent agent = Agent.create(table, s3, secrets, Clock.systemUTC(), work, ProcessLauncher.create());
            int code = agent.run(location, System.out, System.err, stop);
            System.out.flush();
            return code;
        }
    }

    private static void stopAndWait(StopSignal stop, Thread main) {
        stop.give();
        try {
            main.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
