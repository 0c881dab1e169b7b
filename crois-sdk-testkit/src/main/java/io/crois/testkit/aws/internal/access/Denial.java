package io.crois.testkit.aws.internal.access;

import io.crois.testkit.aws.internal.ServiceRefusal;
import java.util.Map;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.batch.model.BatchException;
import software.amazon.awssdk.services.cloudwatchlogs.model.CloudWatchLogsException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.ecs.model.EcsException;
import software.amazon.awssdk.services.eventbridge.model.EventBridgeException;
import software.amazon.awssdk.services.iam.model.IamException;
import software.amazon.awssdk.services.kms.model.KmsException;
import software.amazon.awssdk.services.lambda.model.LambdaException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.scheduler.model.SchedulerException;
import software.amazon.awssdk.services.secretsmanager.model.SecretsManagerException;
import software.amazon.awssdk.services.sfn.model.SfnException;
import software.amazon.awssdk.services.sns.model.SnsException;
import software.amazon.awssdk.services.sqs.model.SqsException;
import software.amazon.awssdk.services.sts.model.StsException;

/**
 * How a service says no.
 *
 * @param name the service's name in exceptions
 * @param code its error code
 * @param status of HTTP
 */
record Denial(String name, String code, int status, Supplier<AwsServiceException.Builder> builder) {

    private static final String PLAIN = "AccessDenied";
    private static final String NAMED = "AccessDeniedException";

    private static final Map<String, Denial> BY_SERVICE = Map.ofEntries(
            Map.entry("s3", new Denial("S3", PLAIN, 403, S3Exception::builder)),
            Map.entry("iam", new Denial("Iam", PLAIN, 403, IamException::builder)),
            Map.entry("sts", new Denial("Sts", PLAIN, 403, StsException::builder)),
            Map.entry("kms", new Denial("Kms", NAMED, 400, KmsException::builder)),
            Map.entry("secretsmanager", new Denial("SecretsManager", NAMED, 400, SecretsManagerException::builder)),
            Map.entry("dynamodb", new Denial("DynamoDb", NAMED, 400, DynamoDbException::builder)),
            Map.entry("states", new Denial("Sfn", NAMED, 400, SfnException::builder)),
            Map.entry("lambda", new Denial("Lambda", NAMED, 403, LambdaException::builder)),
            Map.entry("ecs", new Denial("Ecs", NAMED, 400, EcsException::builder)),
            Map.entry("batch", new Denial("Batch", NAMED, 403, BatchException::builder)),
            Map.entry("events", new Denial("EventBridge", NAMED, 400, EventBridgeException::builder)),
            Map.entry("logs", new Denial("CloudWatchLogs", NAMED, 400, CloudWatchLogsException::builder)),
            Map.entry("sqs", new Denial("Sqs", PLAIN, 403, SqsException::builder)),
            Map.entry("sns", new Denial("Sns", "AuthorizationError", 403, SnsException::builder)),
            Map.entry("scheduler", new Denial("Scheduler", NAMED, 403, SchedulerException::builder)));

    /** Returns the exception of a service, with the whole explanation as its cause. */
    static AwsServiceException of(String service, String message, String explanation) {
        Denial denial = BY_SERVICE.getOrDefault(service, new Denial(service, NAMED, 403, AwsServiceException::builder));
        AwsServiceException.Builder builder = denial.builder().get();
        builder.cause(new SecurityException(explanation));
        return ServiceRefusal.of(builder, denial.name(), denial.status(), denial.code(), message);
    }
}
