package io.crois.testkit.aws;

import io.crois.testkit.aws.internal.access.EnforcedClient;
import io.crois.testkit.aws.internal.access.Identity;
import io.crois.testkit.aws.internal.access.Permissions;
import java.util.Optional;
import software.amazon.awssdk.services.batch.BatchClient;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.scheduler.SchedulerClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sts.StsClient;

/**
 * The clients of an account in memory, acting as somebody: every call is decided by the policies that are in the
 * account at that moment. A denied call fails with the service's own exception, code and message; the exception's cause
 * says which statement denied, or why none allowed.
 */
public final class ActingClients {

    private final InMemoryAws aws;
    private final Permissions permissions;
    private final Identity identity;
    private final StsClient sts;

    ActingClients(InMemoryAws aws, Permissions permissions, Identity identity, StsClient sts) {
        this.aws = aws;
        this.permissions = permissions;
        this.identity = identity;
        this.sts = sts;
    }

    private <C> C acting(Class<C> type, C client, String service) {
        return EnforcedClient.of(type, client, service, permissions, () -> Optional.of(identity));
    }

    public SfnClient sfn() {
        return acting(SfnClient.class, aws.sfn(), "states");
    }

    public DynamoDbClient dynamoDb() {
        return acting(DynamoDbClient.class, aws.dynamoDb(), "dynamodb");
    }

    public S3Client s3() {
        return acting(S3Client.class, aws.s3(), "s3");
    }

    public KmsClient kms() {
        return acting(KmsClient.class, aws.kms(), "kms");
    }

    public IamClient iam() {
        return acting(IamClient.class, aws.iam(), "iam");
    }

    public StsClient sts() {
        return acting(StsClient.class, sts, "sts");
    }

    public SecretsManagerClient secretsManager() {
        return acting(SecretsManagerClient.class, aws.secretsManager(), "secretsmanager");
    }

    public EcsClient ecs() {
        return acting(EcsClient.class, aws.ecs(), "ecs");
    }

    public BatchClient batch() {
        return acting(BatchClient.class, aws.batch(), "batch");
    }

    public LambdaClient lambda() {
        return acting(LambdaClient.class, aws.lambda(), "lambda");
    }

    public EventBridgeClient eventBridge() {
        return acting(EventBridgeClient.class, aws.eventBridge(), "events");
    }

    public SchedulerClient scheduler() {
        return acting(SchedulerClient.class, aws.scheduler(), "scheduler");
    }

    public SqsClient sqs() {
        return acting(SqsClient.class, aws.sqs(), "sqs");
    }

    public SnsClient sns() {
        return acting(SnsClient.class, aws.sns(), "sns");
    }

    public CloudWatchLogsClient logs() {
        return acting(CloudWatchLogsClient.class, aws.logs(), "logs");
    }
}
