package io.crois.testkit.aws.internal.topic;

import io.crois.testkit.aws.internal.ServiceRefusal;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.sns.model.InvalidParameterException;
import software.amazon.awssdk.services.sns.model.NotFoundException;

/** The exceptions of the service, with its codes and words. */
public final class TopicRefusal {

    private static final String SERVICE = "Sns";

    private TopicRefusal() {}

    static AwsServiceException noTopic() {
        return ServiceRefusal.of(NotFoundException.builder(), SERVICE, 404, "NotFound", "Topic does not exist");
    }

    static AwsServiceException noSubscription() {
        return ServiceRefusal.of(NotFoundException.builder(), SERVICE, 404, "NotFound", "Subscription does not exist");
    }

    /** Returns the refusal of a parameter; {@code problem} says why. */
    public static AwsServiceException invalid(String problem) {
        return ServiceRefusal.of(
                InvalidParameterException.builder(), SERVICE, 400, "InvalidParameter", "Invalid parameter: " + problem);
    }
}
