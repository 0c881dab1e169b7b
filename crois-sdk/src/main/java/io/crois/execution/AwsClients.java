package io.crois.execution;

import io.crois.workflow.CroisException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.batch.BatchClient;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.scheduler.SchedulerClient;
import software.amazon.awssdk.services.sfn.SfnClient;

/**
 * The clients that the SDK works with; all of one account and Region. They are not closed by their user.
 *
 * @param kms seals arguments; {@code null} refuses workflows with sealed parameters
 * @param scheduler makes schedules; {@code null} refuses them
 * @param eventBridge makes triggers; {@code null} refuses them
 * @param logs reads what containers print; {@code null} refuses it
 */
public record AwsClients(
        SfnClient sfn,
        DynamoDbClient dynamoDb,
        S3Client s3,
        EcsClient ecs,
        BatchClient batch,
        @Nullable KmsClient kms,
        @Nullable SchedulerClient scheduler,
        @Nullable EventBridgeClient eventBridge,
        @Nullable CloudWatchLogsClient logs) {

    /** Makes clients for workflows without sealed parameters, schedules, triggers and logs. */
    public AwsClients(SfnClient sfn, DynamoDbClient dynamoDb, S3Client s3, EcsClient ecs, BatchClient batch) {
        this(sfn, dynamoDb, s3, ecs, batch, null);
    }

    /** Makes clients for workflows without schedules, triggers and logs. */
    public AwsClients(
            SfnClient sfn,
            DynamoDbClient dynamoDb,
            S3Client s3,
            EcsClient ecs,
            BatchClient batch,
            @Nullable KmsClient kms) {
        this(sfn, dynamoDb, s3, ecs, batch, kms, null, null, null);
    }

    /** Returns clients with the credentials and the Region that the AWS SDK finds by default. */
    public static AwsClients create() {
        return new AwsClients(
                SfnClient.create(),
                DynamoDbClient.create(),
                S3Client.create(),
                EcsClient.create(),
                BatchClient.create(),
                KmsClient.create(),
                SchedulerClient.create(),
                EventBridgeClient.create(),
                CloudWatchLogsClient.create());
    }

    /** Returns a client that may be missing. */
    static <C> C required(@Nullable C client, String type, String purpose) {
        if (client == null) {
            throw new CroisException("These AwsClients have no " + type + ", which " + purpose
                    + " need. Give one to the constructor of AwsClients.");
        }
        return client;
    }
}
