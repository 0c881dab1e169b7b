package io.crois.execution;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.batch.BatchClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sfn.SfnClient;

/**
 * The clients that the SDK works with; all of one account and Region. They are not closed by their user.
 *
 * @param kms seals arguments; {@code null} refuses workflows with sealed parameters
 */
public record AwsClients(
        SfnClient sfn,
        DynamoDbClient dynamoDb,
        S3Client s3,
        EcsClient ecs,
        BatchClient batch,
        @Nullable KmsClient kms) {

    /** Makes clients for workflows without sealed parameters. */
    public AwsClients(SfnClient sfn, DynamoDbClient dynamoDb, S3Client s3, EcsClient ecs, BatchClient batch) {
        this(sfn, dynamoDb, s3, ecs, batch, null);
    }

    /** Returns clients with the credentials and the Region that the AWS SDK finds by default. */
    public static AwsClients create() {
        return new AwsClients(
                SfnClient.create(),
                DynamoDbClient.create(),
                S3Client.create(),
                EcsClient.create(),
                BatchClient.create(),
                KmsClient.create());
    }
}
