package io.crois.testkit.running;

import static org.assertj.core.api.Assertions.assertThat;

import io.crois.execution.AwsClients;
import io.crois.testkit.moto.MotoServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.batch.BatchClient;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.scheduler.SchedulerClient;
import software.amazon.awssdk.services.sfn.SfnClient;

/** The contracts of running workflows over the wire, kept by moto but for what {@link MotoDifference} names. */
final class MotoRunningTest {
    private static @Nullable AwsClients clients;

    private static MotoServer emptied() {
        try {
            return MotoServer.emptied();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static RunningWorld onMoto() {
        MotoServer moto = emptied();
        AwsClients known = clients;
        if (known == null) {
            known = clients(moto);
            clients = known;
        }
        return RunningWorld.of(known);
    }

    private static AwsClients clients(MotoServer moto) {
        return new AwsClients(
                MotoStepFunctions.of(moto.client(SfnClient.builder())),
                moto.client(DynamoDbClient.builder()),
                MotoBuckets.of(moto.client(S3Client.builder().forcePathStyle(true))),
                moto.client(EcsClient.builder()),
                moto.client(BatchClient.builder()),
                moto.client(KmsClient.builder()),
                moto.client(SchedulerClient.builder()),
                moto.client(EventBridgeClient.builder()),
                moto.client(CloudWatchLogsClient.builder()));
    }

    @ParameterizedTest
    @EnumSource
    void moto_still_differs_from_aws_in_what_is_known(MotoDifference difference) {
        MotoServer moto = emptied();
        MotoDifference.Account account = new MotoDifference.Account(
                moto.client(SfnClient.builder()), moto.client(S3Client.builder().forcePathStyle(true)));

        assertThat(difference.isThere(account)).as(difference.reason()).isTrue();
    }

    @Nested
    final class Deployments extends DeploymentContract {
        @Override
        RunningWorld world() {
            return onMoto();
        }
    }

    @Nested
    final class Submissions extends SubmissionContract {
        @Override
        RunningWorld world() {
            return onMoto();
        }
    }

    @Nested
    final class Starts extends StartsContract {
        @Override
        RunningWorld world() {
            return onMoto();
        }
    }

    @Nested
    final class Outputs extends OutputsContract {
        @Override
        RunningWorld world() {
            return onMoto();
        }
    }
}
