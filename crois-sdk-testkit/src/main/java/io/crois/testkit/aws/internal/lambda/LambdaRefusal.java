package io.crois.testkit.aws.internal.lambda;

import io.crois.testkit.aws.internal.ServiceRefusal;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.lambda.model.InvalidParameterValueException;
import software.amazon.awssdk.services.lambda.model.InvalidRequestContentException;
import software.amazon.awssdk.services.lambda.model.LambdaException;
import software.amazon.awssdk.services.lambda.model.RequestTooLargeException;
import software.amazon.awssdk.services.lambda.model.ResourceConflictException;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;

/** Makes the exceptions that the service answers with. */
public final class LambdaRefusal {

    private static final String SERVICE = "Lambda";

    private LambdaRefusal() {}

    static AwsServiceException notFound(String arn) {
        return missing("Function not found: " + arn);
    }

    static AwsServiceException missing(String message) {
        return ServiceRefusal.of(
                ResourceNotFoundException.builder(), SERVICE, 404, "ResourceNotFoundException", message);
    }

    static AwsServiceException exists(String name) {
        return conflict("Function already exist: " + name);
    }

    static AwsServiceException conflict(String message) {
        return ServiceRefusal.of(
                ResourceConflictException.builder(), SERVICE, 409, "ResourceConflictException", message);
    }

    static void unlessValid(boolean valid, String message) {
        if (!valid) {
            throw validation(message);
        }
    }

    static AwsServiceException tooLarge(int bytes, int limit) {
        return ServiceRefusal.of(
                RequestTooLargeException.builder(),
                SERVICE,
                413,
                "RequestTooLargeException",
                bytes + " byte payload is too large for the RequestResponse invocation type (limit " + limit
                        + " bytes)");
    }

    static AwsServiceException notJson(String problem) {
        return ServiceRefusal.of(
                InvalidRequestContentException.builder(),
                SERVICE,
                "Could not parse request body into json: Could not parse payload into json: " + problem);
    }

    /** A member of the request makes no sense. */
    public static AwsServiceException invalid(String message) {
        return ServiceRefusal.of(InvalidParameterValueException.builder(), SERVICE, message);
    }

    /** A member of the request has a wrong form. */
    static AwsServiceException validation(String message) {
        return ServiceRefusal.of(LambdaException.builder(), SERVICE, 400, "ValidationException", message);
    }
}
