package io.crois.testkit.aws.internal.secrets;

import io.crois.testkit.aws.internal.ServiceRefusal;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.secretsmanager.model.InvalidParameterException;
import software.amazon.awssdk.services.secretsmanager.model.InvalidRequestException;
import software.amazon.awssdk.services.secretsmanager.model.MalformedPolicyDocumentException;
import software.amazon.awssdk.services.secretsmanager.model.ResourceExistsException;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;
import software.amazon.awssdk.services.secretsmanager.model.SecretsManagerException;

/** Makes the exceptions that the service answers with. */
public final class SecretRefusal {

    private static final String SERVICE = "SecretsManager";

    private SecretRefusal() {}

    /** There is no such secret. */
    public static AwsServiceException notFound() {
        return notFound("Secrets Manager can't find the specified secret.");
    }

    static AwsServiceException notFound(String message) {
        return ServiceRefusal.of(ResourceNotFoundException.builder(), SERVICE, message);
    }

    static AwsServiceException exists(String message) {
        return ServiceRefusal.of(ResourceExistsException.builder(), SERVICE, message);
    }

    static AwsServiceException markedForDeletion() {
        return invalidRequest("You can't perform this operation on the secret because it was marked for deletion.");
    }

    static AwsServiceException invalidRequest(String message) {
        return ServiceRefusal.of(InvalidRequestException.builder(), SERVICE, message);
    }

    /** A member of the request, or several together, make no sense. */
    public static AwsServiceException invalidParameter(String message) {
        return ServiceRefusal.of(InvalidParameterException.builder(), SERVICE, message);
    }

    /** A policy cannot be read. */
    public static AwsServiceException malformedPolicy() {
        return ServiceRefusal.of(
                MalformedPolicyDocumentException.builder(),
                SERVICE,
                "This resource policy contains invalid Json. Use a valid policy document.");
    }

    /** A member of the request has a wrong form. */
    public static AwsServiceException validation(String message) {
        return ServiceRefusal.of(SecretsManagerException.builder(), SERVICE, 400, "ValidationException", message);
    }
}
