package io.crois.testkit.aws.internal.integration;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * How an integration names what a service answers: the optimized ones as version 1 of the AWS SDK does, the others as
 * version 2 does.
 *
 * @param prefix of every error, such as {@code ECS}
 * @param label of the service in causes of version 1, such as {@code AmazonECS}; {@code null} for version 2
 * @param base the name, in version 1, of the exception that the service's others are children of
 */
record ErrorNames(
        String prefix, @Nullable String label, @Nullable String base) {

    static final ErrorNames ECS = new ErrorNames("ECS", "AmazonECS", "AmazonECSException");
    static final ErrorNames BATCH = new ErrorNames("Batch", "AWSBatch", "AWSBatchException");
    static final ErrorNames LAMBDA = new ErrorNames("Lambda", "AWSLambda", "AWSLambdaException");
    static final ErrorNames DYNAMO_DB = new ErrorNames("DynamoDB", "AmazonDynamoDBv2", "AmazonDynamoDBException");
    static final ErrorNames SQS = new ErrorNames("SQS", "AmazonSQS", "AmazonSQSException");
    static final ErrorNames SNS = new ErrorNames("SNS", "AmazonSNS", "AmazonSNSException");
    static final ErrorNames EVENT_BRIDGE =
            new ErrorNames("EventBridge", "AmazonEventBridge", "AmazonEventBridgeException");

    /** The names of version 2; the prefix is the client's name without its end. */
    static ErrorNames ofSdk(Class<?> client) {
        return new ErrorNames(client.getSimpleName().replaceFirst("Client$", ""), null, null);
    }

    String error(AwsServiceException exception) {
        if (isDeniedByS3(exception)) {
            return prefix + ".AccessDeniedException";
        }
        Class<?> type = exception.getClass();
        boolean isBase = type.getSuperclass() == AwsServiceException.class;
        return prefix + "." + (isBase && base != null ? base : type.getSimpleName());
    }

    /** The client of Step Functions has an exception of its own for this. */
    private boolean isDeniedByS3(AwsServiceException exception) {
        return exception instanceof S3Exception
                && exception.awsErrorDetails() != null
                && "AccessDenied".equals(exception.awsErrorDetails().errorCode());
    }

    String clientError() {
        return prefix + ".SdkClientException";
    }

    @Nullable
    String cause(AwsServiceException exception) {
        if (label == null) {
            return attempted(exception.getMessage());
        }
        if (exception.awsErrorDetails() == null) {
            return exception.getMessage();
        }
        return exception.awsErrorDetails().errorMessage() + " (Service: " + label + "; Status Code: "
                + exception.statusCode() + "; Error Code: "
                + exception.awsErrorDetails().errorCode() + "; Request ID: " + exception.requestId()
                + "; Proxy: null)";
    }

    /** Clients in memory try once, and do not say so themselves. */
    private static @Nullable String attempted(@Nullable String message) {
        return message == null || message.contains("(SDK Attempt Count: ")
                ? message
                : message + " (SDK Attempt Count: 1)";
    }
}
