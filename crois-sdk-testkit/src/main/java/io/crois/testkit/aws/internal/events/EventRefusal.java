package io.crois.testkit.aws.internal.events;

import io.crois.testkit.aws.internal.ServiceRefusal;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.eventbridge.model.EventBridgeException;
import software.amazon.awssdk.services.eventbridge.model.InvalidEventPatternException;
import software.amazon.awssdk.services.eventbridge.model.LimitExceededException;
import software.amazon.awssdk.services.eventbridge.model.ResourceNotFoundException;

/** Makes the exceptions that the service answers with. */
public final class EventRefusal {

    private static final String SERVICE = "EventBridge";

    private EventRefusal() {}

    static AwsServiceException pattern(String reason) {
        return ServiceRefusal.of(
                InvalidEventPatternException.builder(), SERVICE, "Event pattern is not valid. Reason: " + reason);
    }

    static AwsServiceException noRule(String name, String bus) {
        return ServiceRefusal.of(
                ResourceNotFoundException.builder(),
                SERVICE,
                "Rule " + name + " does not exist on EventBus " + bus + ".");
    }

    static AwsServiceException noBus(String name) {
        return ServiceRefusal.of(
                ResourceNotFoundException.builder(), SERVICE, "Event bus " + name + " does not exist.");
    }

    static AwsServiceException tooMany(String message) {
        return ServiceRefusal.of(LimitExceededException.builder(), SERVICE, message);
    }

    /** A member of the request makes no sense. */
    public static AwsServiceException validation(String message) {
        return ServiceRefusal.of(EventBridgeException.builder(), SERVICE, 400, "ValidationException", message);
    }
}
