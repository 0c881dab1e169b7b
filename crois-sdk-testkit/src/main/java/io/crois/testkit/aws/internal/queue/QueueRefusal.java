package io.crois.testkit.aws.internal.queue;

import io.crois.testkit.aws.internal.ServiceRefusal;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;
import software.amazon.awssdk.services.sqs.model.QueueNameExistsException;
import software.amazon.awssdk.services.sqs.model.ReceiptHandleIsInvalidException;
import software.amazon.awssdk.services.sqs.model.SqsException;

/** The exceptions of the service, with its codes and words. */
public final class QueueRefusal {

    private static final String SERVICE = "Sqs";

    private QueueRefusal() {}

    static AwsServiceException noQueue() {
        return made(
                QueueDoesNotExistException.builder(),
                "AWS.SimpleQueueService.NonExistentQueue",
                "The specified queue does not exist.");
    }

    static AwsServiceException nameExists(String attribute) {
        return made(
                QueueNameExistsException.builder(),
                "QueueAlreadyExists",
                "A queue already exists with the same name and a different value for attribute " + attribute);
    }

    static AwsServiceException receipt(String handle) {
        return made(
                ReceiptHandleIsInvalidException.builder(),
                "ReceiptHandleIsInvalid",
                "The input receipt handle \"" + handle + "\" is not a valid receipt handle.");
    }

    /** Returns the refusal of a parameter that is missing. */
    public static AwsServiceException missing(String parameter) {
        return made(
                SqsException.builder(),
                "MissingParameter",
                "The request must contain the parameter " + parameter + ".");
    }

    /** Returns the refusal of a value; {@code problem} says why. */
    public static AwsServiceException invalid(String problem) {
        return made(SqsException.builder(), "InvalidParameterValue", problem);
    }

    private static AwsServiceException made(AwsServiceException.Builder builder, String code, String message) {
        return ServiceRefusal.of(builder, SERVICE, 400, code, message);
    }
}
