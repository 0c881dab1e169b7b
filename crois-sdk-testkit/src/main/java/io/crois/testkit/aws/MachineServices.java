package io.crois.testkit.aws;

import io.crois.testkit.aws.internal.access.ActingIntegrations;
import io.crois.testkit.aws.internal.access.ActingMaps;
import io.crois.testkit.aws.internal.access.EnforcedClient;
import io.crois.testkit.aws.internal.access.Permissions;
import io.crois.testkit.aws.internal.batch.JobHost;
import io.crois.testkit.aws.internal.ecs.TaskHost;
import io.crois.testkit.aws.internal.integration.S3ObjectStore;
import io.crois.testkit.aws.internal.integration.ServiceIntegrations;
import io.crois.testkit.aws.internal.lambda.FunctionHost;
import io.crois.testkit.engine.MapRights;
import io.crois.testkit.engine.TaskIntegrations;
import software.amazon.awssdk.services.batch.BatchClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.scheduler.SchedulerClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sts.StsClient;

/** The services of an account as state machines reach them: as their roles where permissions are enforced. */
final class MachineServices {

    private final InMemoryAws aws;
    private final Permissions permissions;
    private final boolean enforced;

    MachineServices(InMemoryAws aws, Permissions permissions, boolean enforced) {
        this.aws = aws;
        this.permissions = permissions;
        this.enforced = enforced;
    }

    /** Returns what Task states reach. */
    TaskIntegrations tasks(FunctionHost functions, TaskHost tasks, JobHost jobs) {
        ServiceIntegrations integrations = ServiceIntegrations.builder()
                .functions(functions)
                .ecs(ofMachine(EcsClient.class, aws.ecs(), "ecs"), tasks)
                .batch(ofMachine(BatchClient.class, aws.batch(), "batch"), jobs)
                .dynamoDb(ofMachine(DynamoDbClient.class, aws.dynamoDb(), "dynamodb"))
                .s3(ofMachine(S3Client.class, aws.s3(), "s3"))
                .sqs(ofMachine(SqsClient.class, aws.sqs(), "sqs"))
                .sns(ofMachine(SnsClient.class, aws.sns(), "sns"))
                .eventBridge(ofMachine(EventBridgeClient.class, aws.eventBridge(), "events"))
                .sdk("lambda", LambdaClient.class, ofMachine(LambdaClient.class, aws.lambda(), "lambda"))
                .sdk(
                        "secretsmanager",
                        SecretsManagerClient.class,
                        ofMachine(SecretsManagerClient.class, aws.secretsManager(), "secretsmanager"))
                .sdk("kms", KmsClient.class, ofMachine(KmsClient.class, aws.kms(), "kms"))
                .sdk("iam", IamClient.class, ofMachine(IamClient.class, aws.iam(), "iam"))
                .sdk("sts", StsClient.class, ofMachine(StsClient.class, aws.sts(), "sts"))
                .sdk("scheduler", SchedulerClient.class, ofMachine(SchedulerClient.class, aws.scheduler(), "scheduler"))
                .build();
        return enforced ? new ActingIntegrations(integrations, permissions) : integrations;
    }

    /** Returns what distributed Maps may do. */
    MapRights maps() {
        return enforced ? new ActingMaps(permissions, aws.s3()) : MapRights.everything(new S3ObjectStore(aws.s3()));
    }

    /** A client that acts as the state machine whose task is running. */
    private <C> C ofMachine(Class<C> type, C client, String service) {
        return enforced ? EnforcedClient.of(type, client, service, permissions, permissions::current) : client;
    }
}
