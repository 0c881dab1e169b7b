package io.crois.testkit.project;

import io.crois.project.ProjectClients;
import io.crois.testkit.project.FaultyClients.Fault;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sfn.SfnClient;

/** The same promises over the wire; a sample of the calls is disturbed. */
@Tag("slow")
final class MotoProvisionerTest extends ProvisionerContract {
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
    World empty() {
        MotoServer moto = Objects.requireNonNull(server);
        moto.reset();
        return new World(clients(moto.endpoint()), World.platform("123456789012"), new World.Time());
    }

    @Override
    List<Integer> disturbed(int calls) {
        int sample = Integer.getInteger("crois.moto.disturbed", 1);
        return IntStream.range(0, sample)
                .map(i -> (2 * i + 1) * calls / (2 * sample))
                .boxed()
                .toList();
    }

    @Override
    List<Fault> faults() {
        return List.of(Fault.CUT_AFTER, Fault.TIMED_OUT, Fault.TWICE);
    }

    private static ProjectClients clients(URI endpoint) {
        return new ProjectClients(
                local(IamClient.builder(), endpoint).build(),
                local(KmsClient.builder(), endpoint).build(),
                local(SecretsManagerClient.builder(), endpoint).build(),
                local(S3Client.builder().forcePathStyle(true), endpoint).build(),
                local(SfnClient.builder(), endpoint).build(),
                local(EventBridgeClient.builder(), endpoint).build());
    }

    private static <B extends AwsClientBuilder<B, ?>> B local(B builder, URI endpoint) {
        return builder.endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")));
    }
}
