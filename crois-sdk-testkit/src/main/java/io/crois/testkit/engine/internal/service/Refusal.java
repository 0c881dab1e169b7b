package io.crois.testkit.engine.internal.service;

import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.sfn.model.ActivityAlreadyExistsException;
import software.amazon.awssdk.services.sfn.model.ActivityDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.ConflictException;
import software.amazon.awssdk.services.sfn.model.ExecutionAlreadyExistsException;
import software.amazon.awssdk.services.sfn.model.ExecutionDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.ExecutionNotRedrivableException;
import software.amazon.awssdk.services.sfn.model.InvalidArnException;
import software.amazon.awssdk.services.sfn.model.InvalidDefinitionException;
import software.amazon.awssdk.services.sfn.model.InvalidEncryptionConfigurationException;
import software.amazon.awssdk.services.sfn.model.InvalidExecutionInputException;
import software.amazon.awssdk.services.sfn.model.InvalidLoggingConfigurationException;
import software.amazon.awssdk.services.sfn.model.InvalidNameException;
import software.amazon.awssdk.services.sfn.model.InvalidOutputException;
import software.amazon.awssdk.services.sfn.model.InvalidTokenException;
import software.amazon.awssdk.services.sfn.model.MissingRequiredParameterException;
import software.amazon.awssdk.services.sfn.model.ResourceNotFoundException;
import software.amazon.awssdk.services.sfn.model.SfnException;
import software.amazon.awssdk.services.sfn.model.StateMachineAlreadyExistsException;
import software.amazon.awssdk.services.sfn.model.StateMachineDeletingException;
import software.amazon.awssdk.services.sfn.model.StateMachineDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.StateMachineTypeNotSupportedException;
import software.amazon.awssdk.services.sfn.model.TaskDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.TaskTimedOutException;
import software.amazon.awssdk.services.sfn.model.TooManyTagsException;
import software.amazon.awssdk.services.sfn.model.ValidationException;
import software.amazon.awssdk.services.sfn.model.ValidationExceptionReason;

/** The exceptions of the service, with its codes and words. */
public final class Refusal {

    private Refusal() {}

    static SfnException noMachine(String arn) {
        return made(
                StateMachineDoesNotExistException.builder(),
                "StateMachineDoesNotExist",
                "State Machine Does Not Exist: '" + arn + "'");
    }

    static SfnException machineExists(String arn) {
        return made(
                StateMachineAlreadyExistsException.builder(),
                "StateMachineAlreadyExists",
                "State Machine Already Exists: '" + arn + "'");
    }

    /** Returns the refusal of what would be the same machine but for what is published of it. */
    static SfnException createdPublished(String difference) {
        return made(
                StateMachineAlreadyExistsException.builder(),
                "StateMachineAlreadyExists",
                "State Machine Already Exists: This state machine was already created with a published version"
                        + difference + ".");
    }

    static SfnException noVersion(String arn) {
        return made(
                StateMachineDoesNotExistException.builder(),
                "StateMachineDoesNotExist",
                "State Machine Version Does Not Exist: '" + arn + "'");
    }

    static SfnException machineDeleting(String arn) {
        return made(
                StateMachineDeletingException.builder(),
                "StateMachineDeleting",
                "State Machine is being deleted: '" + arn + "'");
    }

    static SfnException machineType(String text) {
        return made(StateMachineTypeNotSupportedException.builder(), "StateMachineTypeNotSupported", text);
    }

    static SfnException noExecution(String arn) {
        return made(
                ExecutionDoesNotExistException.builder(),
                "ExecutionDoesNotExist",
                "Execution Does Not Exist: '" + arn + "'");
    }

    static SfnException executionExists(String arn) {
        return made(
                ExecutionAlreadyExistsException.builder(),
                "ExecutionAlreadyExists",
                "Execution Already Exists: '" + arn + "'");
    }

    static SfnException notRedrivable(String arn, String reason) {
        return made(
                ExecutionNotRedrivableException.builder(),
                "ExecutionNotRedrivable",
                "Execution " + arn + " invalid for redrive as: " + reason);
    }

    static SfnException arn(String arn) {
        return made(InvalidArnException.builder(), "InvalidArn", "Invalid Arn: '" + arn + "'");
    }

    static SfnException name(String name) {
        return made(InvalidNameException.builder(), "InvalidName", "Invalid Name: '" + name + "'");
    }

    /** Returns the refusal of a definition; {@code problems} are its findings, each in one line. */
    public static SfnException definition(String problems) {
        return made(
                InvalidDefinitionException.builder(),
                "InvalidDefinition",
                "Invalid State Machine Definition: '" + problems + "'");
    }

    /** Returns the refusal of a definition in words that stand alone. */
    static SfnException wholeDefinition(String text) {
        return made(InvalidDefinitionException.builder(), "InvalidDefinition", text);
    }

    /** Returns the refusal of an input; {@code problem} is what is wrong with it. */
    public static SfnException input(String problem) {
        return made(
                InvalidExecutionInputException.builder(),
                "InvalidExecutionInput",
                "Invalid State Machine Execution Input: '" + problem + "'");
    }

    static SfnException output(String text) {
        return made(
                InvalidOutputException.builder(), "InvalidOutput", "Invalid Output: '" + text + "' is not valid JSON.");
    }

    static SfnException missing(String text) {
        return made(MissingRequiredParameterException.builder(), "MissingRequiredParameter", text);
    }

    static SfnException token() {
        return made(InvalidTokenException.builder(), "InvalidToken", "Invalid Token: 'Invalid token'");
    }

    static SfnException noTask() {
        return made(
                TaskDoesNotExistException.builder(),
                "TaskDoesNotExist",
                "Task Does Not Exist: 'Provided task does not exist'");
    }

    static SfnException taskTimedOut(String what) {
        return made(TaskTimedOutException.builder(), "TaskTimedOut", "Task Timed Out: '" + what + "'");
    }

    static SfnException noActivity(String arn) {
        return made(
                ActivityDoesNotExistException.builder(),
                "ActivityDoesNotExist",
                "Activity Does Not Exist: '" + arn + "'");
    }

    /** Returns the refusal of a request for an alias or another part of a machine that is not there. */
    static SfnException noSuchPart() {
        return made(
                ResourceNotFoundException.builder(),
                "ResourceNotFound",
                "Request references a resource that does not exist.");
    }

    static SfnException logging(String problem) {
        return made(
                InvalidLoggingConfigurationException.builder(),
                "InvalidLoggingConfiguration",
                "Invalid Logging Configuration: " + problem);
    }

    static SfnException encryption(String problem) {
        return made(
                InvalidEncryptionConfigurationException.builder(),
                "InvalidEncryptionConfiguration",
                "Invalid Encryption Configuration: " + problem);
    }

    static SfnException activityExists(String arn) {
        return made(
                ActivityAlreadyExistsException.builder(),
                "ActivityAlreadyExists",
                "Activity Already Exists: '" + arn + "'");
    }

    static SfnException noResource(String arn) {
        return made(ResourceNotFoundException.builder(), "ResourceNotFound", "Resource not found: '" + arn + "'");
    }

    static SfnException tooManyTags() {
        return made(TooManyTagsException.builder(), "TooManyTags", "A resource can have at most 50 tags");
    }

    static SfnException systemTags() {
        return made(
                SfnException.builder(),
                "AccessDeniedException",
                "Caller is an end user and not allowed to mutate system tags");
    }

    static SfnException conflict(String text) {
        return made(ConflictException.builder(), "ConflictException", text);
    }

    /** Returns the refusal of a request whose members do not fit together. */
    public static SfnException validation(String text) {
        return made(ValidationException.builder(), "ValidationException", text);
    }

    /** Returns the refusal of a request for one of the reasons that the service names. */
    static SfnException validation(String text, ValidationExceptionReason reason) {
        return made(ValidationException.builder().reason(reason), "ValidationException", text);
    }

    private static SfnException made(SfnException.Builder builder, String code, String message) {
        AwsErrorDetails details = AwsErrorDetails.builder()
                .serviceName("Sfn")
                .errorCode(code)
                .errorMessage(message)
                .sdkHttpResponse(SdkHttpResponse.builder().statusCode(400).build())
                .build();
        return (SfnException) builder.awsErrorDetails(details)
                .statusCode(400)
                .message(message)
                .build();
    }
}
