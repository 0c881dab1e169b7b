package io.crois.project;

import java.util.Locale;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;

/** Tells the refusals of AWS apart by what to do about them. */
final class AwsErrors {
    private static final Set<String> THROTTLES = Set.of(
            "LimitExceededForRate",
            "PriorRequestNotComplete",
            "RequestLimitExceeded",
            "RequestThrottled",
            "RequestThrottledException",
            "SlowDown",
            "Throttling",
            "ThrottlingException",
            "ThrottledException",
            "TooManyRequestsException");
    /** Two callers change the same thing at once; the change of one of them is to be made again. */
    private static final Set<String> RACES = Set.of(
            "ConcurrentModification",
            "ConcurrentModificationException",
            "OperationAborted",
            "EntityTemporarilyUnmodifiable");

    private static final Set<String> MISSING = Set.of(
            "NoSuchBucketPolicy",
            "NoSuchEntity",
            "NotFoundException",
            "ResourceNotFoundException",
            "StateMachineDoesNotExist");
    private static final Set<String> TAKEN =
            Set.of("AlreadyExistsException", "EntityAlreadyExists", "ResourceExistsException");
    private static final int SERVER_ERROR = 500;

    private AwsErrors() {}

    /** Says whether the same call may succeed later. It may also have taken effect. */
    static boolean passes(SdkException e) {
        if (e instanceof SdkClientException) {
            return true;
        }
        if (e instanceof AwsServiceException service) {
            String code = code(e);
            return service.isThrottlingException()
                    || service.statusCode() >= SERVER_ERROR
                    || THROTTLES.contains(code)
                    || RACES.contains(code);
        }
        return false;
    }

    /** Says whether a part of a call that failed with a code may succeed later. */
    static boolean passes(String code) {
        return code.equals("InternalError") || THROTTLES.contains(code) || RACES.contains(code);
    }

    /** Says whether a policy names a role that the service does not see yet. */
    static boolean awaitsPrincipal(SdkException e) {
        String code = code(e);
        return (code.equals("MalformedPolicyDocumentException") || code.equals("MalformedPolicyDocument"))
                && String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT).contains("principal");
    }

    static boolean isMissing(SdkException e) {
        return MISSING.contains(code(e));
    }

    static boolean isTaken(SdkException e) {
        return TAKEN.contains(code(e));
    }

    /** Returns the error code of the service, or the empty text. */
    static String code(SdkException e) {
        if (e instanceof AwsServiceException service && service.awsErrorDetails() != null) {
            String code = service.awsErrorDetails().errorCode();
            return code == null ? "" : code;
        }
        return "";
    }
}
