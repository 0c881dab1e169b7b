package io.crois.project;

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

/** The clients that provisioning works with; all of one account and Region. They are not closed by their user. */
public record ProjectClients(
        IamClient iam,
        KmsClient kms,
        SecretsManagerClient secretsManager,
        S3Client s3,
        SfnClient sfn,
        EventBridgeClient eventBridge,
        SchedulerClient scheduler,
        EcsClient ecs,
        BatchClient batch,
        DynamoDbClient dynamoDb) {

    /** Returns clients with the credentials and the Region that the AWS SDK finds by default; partition {@code aws}. */
    public static ProjectClients create() {
        return new ProjectClients(
                IamClient.builder().region(Region.AWS_GLOBAL).build(),
                KmsClient.create(),
                SecretsManagerClient.create(),
                S3Client.create(),
                SfnClient.create(),
                EventBridgeClient.create(),
                SchedulerClient.create(),
                EcsClient.create(),
                BatchClient.create(),
                DynamoDbClient.create());
    }
}
