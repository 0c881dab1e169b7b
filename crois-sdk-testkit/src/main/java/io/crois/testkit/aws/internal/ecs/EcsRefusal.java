package io.crois.testkit.aws.internal.ecs;

import io.crois.testkit.aws.internal.ServiceRefusal;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.ecs.model.ClientException;
import software.amazon.awssdk.services.ecs.model.ClusterContainsTasksException;
import software.amazon.awssdk.services.ecs.model.ClusterNotFoundException;
import software.amazon.awssdk.services.ecs.model.InvalidParameterException;

/** Makes the exceptions that the service answers with. */
public final class EcsRefusal {

    private static final String SERVICE = "Ecs";

    private EcsRefusal() {}

    /** What is asked for is not there, or not in a state to be used. */
    static AwsServiceException client(String message) {
        return ServiceRefusal.of(ClientException.builder(), SERVICE, message);
    }

    /** A member of the request, or several together, make no sense. */
    public static AwsServiceException invalid(String message) {
        return ServiceRefusal.of(InvalidParameterException.builder(), SERVICE, message);
    }

    static AwsServiceException noCluster() {
        return ServiceRefusal.of(ClusterNotFoundException.builder(), SERVICE, "Cluster not found.");
    }

    static AwsServiceException clusterHasTasks() {
        return ServiceRefusal.of(
                ClusterContainsTasksException.builder(),
                SERVICE,
                "The Cluster cannot be deleted while Tasks are active.");
    }
}
