package io.crois.testkit.aws.internal.iam;

import io.crois.testkit.aws.internal.ServiceRefusal;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.iam.model.DeleteConflictException;
import software.amazon.awssdk.services.iam.model.EntityAlreadyExistsException;
import software.amazon.awssdk.services.iam.model.IamException;
import software.amazon.awssdk.services.iam.model.LimitExceededException;
import software.amazon.awssdk.services.iam.model.MalformedPolicyDocumentException;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;

/** Makes the exceptions that the service answers with. */
public final class IamRefusal {

    private static final String SERVICE = "Iam";

    private IamRefusal() {}

    static AwsServiceException noRole(@Nullable String name) {
        return missing("The role with name " + name + " cannot be found.");
    }

    static AwsServiceException noPolicy(@Nullable String arn) {
        return missing("Policy " + arn + " does not exist or is not attachable.");
    }

    /** Something is not there. */
    static AwsServiceException missing(String message) {
        return ServiceRefusal.of(NoSuchEntityException.builder(), SERVICE, 404, "NoSuchEntity", message);
    }

    static AwsServiceException exists(String message) {
        return ServiceRefusal.of(EntityAlreadyExistsException.builder(), SERVICE, 409, "EntityAlreadyExists", message);
    }

    static AwsServiceException conflict(String message) {
        return ServiceRefusal.of(DeleteConflictException.builder(), SERVICE, 409, "DeleteConflict", message);
    }

    static AwsServiceException limit(String message) {
        return ServiceRefusal.of(LimitExceededException.builder(), SERVICE, 409, "LimitExceeded", message);
    }

    static AwsServiceException document() {
        return ServiceRefusal.of(
                MalformedPolicyDocumentException.builder(),
                SERVICE,
                400,
                "MalformedPolicyDocument",
                "Syntax errors in policy: it must be a JSON object with a Statement.");
    }

    static AwsServiceException principal(String principal) {
        return ServiceRefusal.of(
                MalformedPolicyDocumentException.builder(),
                SERVICE,
                400,
                "MalformedPolicyDocument",
                "Invalid principal in policy: \"AWS\":\"" + principal + "\"");
    }

    /** A member of the request has a wrong form. */
    static AwsServiceException validation(String message) {
        return ServiceRefusal.of(IamException.builder(), SERVICE, 400, "ValidationError", message);
    }
}
