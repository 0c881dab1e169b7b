package io.crois.testkit.aws.internal.schedule;

import io.crois.testkit.aws.internal.ServiceRefusal;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.scheduler.model.ConflictException;
import software.amazon.awssdk.services.scheduler.model.ResourceNotFoundException;
import software.amazon.awssdk.services.scheduler.model.ValidationException;

/** Makes the exceptions that the service answers with. */
public final class ScheduleRefusal {

    private static final String SERVICE = "Scheduler";

    private ScheduleRefusal() {}

    static AwsServiceException noSchedule(@Nullable String name) {
        return missing("Schedule " + name + " does not exist.");
    }

    static AwsServiceException noGroup(String name) {
        return missing("Schedule group " + name + " does not exist.");
    }

    private static AwsServiceException missing(String message) {
        return ServiceRefusal.of(
                ResourceNotFoundException.builder(), SERVICE, 404, "ResourceNotFoundException", message);
    }

    static AwsServiceException exists(String name) {
        return conflict("Schedule " + name + " already exists.");
    }

    static AwsServiceException groupExists(String name) {
        return conflict("Schedule group " + name + " already exists.");
    }

    private static AwsServiceException conflict(String message) {
        return ServiceRefusal.of(ConflictException.builder(), SERVICE, 409, "ConflictException", message);
    }

    /** A member of the request makes no sense. */
    static AwsServiceException validation(String message) {
        return ServiceRefusal.of(ValidationException.builder(), SERVICE, message);
    }
}
