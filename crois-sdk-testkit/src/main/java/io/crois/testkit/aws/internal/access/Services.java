package io.crois.testkit.aws.internal.access;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/** The clients that tell what policies and tags there are. */
public record Services(
        IamClient iam,
        KmsClient kms,
        S3Client s3,
        SecretsManagerClient secretsManager,
        DynamoDbClient dynamoDb,
        EcsClient ecs,
        SqsClient sqs,
        SnsClient sns,
        LambdaClient lambda) {}
