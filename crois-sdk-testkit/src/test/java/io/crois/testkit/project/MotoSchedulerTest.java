package io.crois.testkit.project;

import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.scheduler.SchedulerClient;

final class MotoSchedulerTest extends SchedulerContract {
    private static @Nullable MotoServer server;

    @BeforeAll
    static void start() throws IOException {
        Assumptions.assumeTrue(
                MotoServer.isInstalled(), "moto_server is not installed; `pip install 'moto[server]'` brings it.");
        server = MotoServer.start();
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    @Override
    SchedulerClient scheduler() {
        MotoServer moto = Objects.requireNonNull(server);
        moto.reset();
        return SchedulerClient.builder()
                .endpointOverride(moto.endpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
                .build();
    }
}
