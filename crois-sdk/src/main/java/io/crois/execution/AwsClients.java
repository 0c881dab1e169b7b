package io.crois.execution;

import software.amazon.awssdk.services.batch.BatchClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sfn.SfnClient;

/** The clients that the SDK works with; all of one account and Region. They are not closed by their user. */
public record AwsClients(SfnClient sfn, DynamoDbClient dynamoDb, S3Client s3, EcsClient ecs, BatchClient batch) {

    /** Returns clients with the credentials and the Region that the AWS SDK finds by default. */
    public static AwsClients create() {
        return new AwsClients(
                SfnClient.create(),
                DynamoDbClient.create(),
                S3Client.create(),
                EcsClient.create(),
                BatchClient.create());
    }
}
