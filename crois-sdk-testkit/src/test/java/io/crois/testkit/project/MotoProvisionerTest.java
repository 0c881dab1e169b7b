package io.crois.testkit.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crois.project.ProjectClients;
import io.crois.testkit.moto.MotoServer;
import io.crois.testkit.moto.PassingTime;
import io.crois.testkit.project.FaultyClients.Cut;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.batch.BatchClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.scheduler.SchedulerClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sfn.SfnClient;

/** The same promises over the wire, in one server for all tests; changes alone are disturbed. */
final class MotoProvisionerTest extends ProvisionerContract {
    private static @Nullable ProjectClients clients;

    @Override
    World empty() {
        URI endpoint = emptied().endpoint();
        ProjectClients all = clients;
        if (all == null) {
            all = clients(endpoint);
            clients = all;
        }
        return new World(all, World.platform("123456789012"), new PassingTime());
    }

    @Override
    void disturbed(Supplier<World> start, Work work, Check check) {
        EachChange each = new EachChange(start, work, check);
        each.killed();
        each.outlived();
    }

    /** A key that is to be deleted cannot be disabled, so that one of the two is left out. */
    @Override
    List<Map<String, Consumer<World>>> inTurn(Map<String, Consumer<World>> drifts) {
        Map<String, Consumer<World>> together = new TreeMap<>(drifts);
        together.remove("is enabled again");
        return List.of(together);
    }

    /** {@link MotoDifference#SCHEDULE_GROUP} would fail. */
    @Override
    void schedule(World world) {}

    /** {@link MotoDifference#BUCKET_POLICY} would keep them. */
    @Override
    void beforeObjectsAreDeleted(World world) {
        world.clients.s3().deleteBucketPolicy(request -> request.bucket("crois"));
    }

    @Test
    @Override
    void renewing_a_key_renews_it_once_whatever_call_is_disturbed_and_how() {
        World world = prepared();
        world.provisioner().apply(demo(world));
        FaultyClients dying = FaultyClients.dyingAfterAChange(world.clients);

        assertThatThrownBy(() -> world.provisioner(dying.clients).rotateKey("demo"))
                .isInstanceOf(Cut.class);
        world.provisioner().rotateKey("demo");

        assertThat(world.rotations("demo"))
                .as(MotoDifference.RENEWAL_UNDER_WAY.reason())
                .isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource
    void moto_still_differs_from_aws_in_what_is_known(MotoDifference difference) {
        World world = prepared();

        assertThat(difference.isThere(world, world.keyId(world.provisioner().apply(demo(world)))))
                .as(difference.reason())
                .isTrue();
    }

    private static ProjectClients clients(URI endpoint) {
        return new ProjectClients(
                local(IamClient.builder(), endpoint).build(),
                local(KmsClient.builder(), endpoint).build(),
                local(SecretsManagerClient.builder(), endpoint).build(),
                local(S3Client.builder().forcePathStyle(true), endpoint).build(),
                local(SfnClient.builder(), endpoint).build(),
                local(EventBridgeClient.builder(), endpoint).build(),
                local(SchedulerClient.builder(), endpoint).build(),
                local(EcsClient.builder(), endpoint).build(),
                local(BatchClient.builder(), endpoint).build(),
                local(DynamoDbClient.builder(), endpoint).build());
    }

    private static MotoServer emptied() {
        try {
            return MotoServer.emptied();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static <B extends AwsClientBuilder<B, ?>> B local(B builder, URI endpoint) {
        return builder.endpointOverride(endpoint)
                .overrideConfiguration(configuration -> configuration.retryStrategy(AwsRetryStrategy.doNotRetry()))
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")));
    }
}
