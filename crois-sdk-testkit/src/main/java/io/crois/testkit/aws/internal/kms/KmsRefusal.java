package io.crois.testkit.aws.internal.kms;

import io.crois.testkit.aws.internal.ServiceRefusal;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.kms.model.AlreadyExistsException;
import software.amazon.awssdk.services.kms.model.ConflictException;
import software.amazon.awssdk.services.kms.model.DisabledException;
import software.amazon.awssdk.services.kms.model.IncorrectKeyException;
import software.amazon.awssdk.services.kms.model.InvalidAliasNameException;
import software.amazon.awssdk.services.kms.model.InvalidArnException;
import software.amazon.awssdk.services.kms.model.InvalidCiphertextException;
import software.amazon.awssdk.services.kms.model.KmsException;
import software.amazon.awssdk.services.kms.model.KmsInvalidStateException;
import software.amazon.awssdk.services.kms.model.LimitExceededException;
import software.amazon.awssdk.services.kms.model.MalformedPolicyDocumentException;
import software.amazon.awssdk.services.kms.model.NotFoundException;

/** Makes the exceptions that the service answers with. */
public final class KmsRefusal {

    private static final String SERVICE = "Kms";

    private KmsRefusal() {}

    static AwsServiceException noKey(String id) {
        return ServiceRefusal.of(NotFoundException.builder(), SERVICE, "Key '" + id + "' does not exist");
    }

    static AwsServiceException noAlias(String arn) {
        return ServiceRefusal.of(NotFoundException.builder(), SERVICE, "Alias " + arn + " is not found.");
    }

    static AwsServiceException aliasExists(String arn) {
        return ServiceRefusal.of(
                AlreadyExistsException.builder(), SERVICE, "An alias with the name " + arn + " already exists");
    }

    static AwsServiceException aliasName(@Nullable String name) {
        return ServiceRefusal.of(
                InvalidAliasNameException.builder(),
                SERVICE,
                "Alias must start with the prefix \"alias/\", not \"alias/aws/\", and hold nothing but letters, digits"
                        + " and /_- after it, but was " + name + ".");
    }

    static AwsServiceException disabled(String arn) {
        return ServiceRefusal.of(DisabledException.builder(), SERVICE, arn + " is disabled.");
    }

    static AwsServiceException pendingDeletion(String arn) {
        return ServiceRefusal.of(KmsInvalidStateException.builder(), SERVICE, arn + " is pending deletion.");
    }

    static AwsServiceException notPendingDeletion(String arn) {
        return ServiceRefusal.of(KmsInvalidStateException.builder(), SERVICE, arn + " is not pending deletion.");
    }

    static AwsServiceException rotating(String arn) {
        return ServiceRefusal.of(
                ConflictException.builder(), SERVICE, "A rotation of the key " + arn + " is in progress.");
    }

    static AwsServiceException rotations(String arn, int most) {
        return ServiceRefusal.of(
                LimitExceededException.builder(),
                SERVICE,
                "The key " + arn + " has been rotated on demand " + most + " times, which is the most.");
    }

    static AwsServiceException ciphertext() {
        return ServiceRefusal.of(InvalidCiphertextException.builder(), SERVICE, "The ciphertext is not valid.");
    }

    static AwsServiceException incorrectKey() {
        return ServiceRefusal.of(
                IncorrectKeyException.builder(),
                SERVICE,
                "The key ID in the request does not identify a CMK that can perform this operation.");
    }

    static AwsServiceException principal() {
        return ServiceRefusal.of(
                MalformedPolicyDocumentException.builder(),
                SERVICE,
                "Policy contains a statement with one or more invalid principals.");
    }

    static AwsServiceException arn(@Nullable String principal) {
        return ServiceRefusal.of(
                InvalidArnException.builder(), SERVICE, "ARN does not refer to a valid principal: " + principal);
    }

    static AwsServiceException noGrant(@Nullable String id) {
        return ServiceRefusal.of(NotFoundException.builder(), SERVICE, "Grant " + id + " was not found.");
    }

    /** A policy is not JSON. */
    public static AwsServiceException policy() {
        return ServiceRefusal.of(
                MalformedPolicyDocumentException.builder(), SERVICE, "Policy contains a syntax error: it is not JSON.");
    }

    /** A member of the request has a wrong form. */
    public static AwsServiceException validation(String message) {
        return ServiceRefusal.of(KmsException.builder(), SERVICE, 400, "ValidationException", message);
    }
}
