package io.crois.testkit.aws.internal.ecs;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.Cluster;
import software.amazon.awssdk.services.ecs.model.Connectivity;
import software.amazon.awssdk.services.ecs.model.Container;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.LaunchType;
import software.amazon.awssdk.services.ecs.model.PropagateTags;
import software.amazon.awssdk.services.ecs.model.RunTaskRequest;
import software.amazon.awssdk.services.ecs.model.Tag;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;
import software.amazon.awssdk.services.ecs.model.TaskOverride;

/** Makes a task as the service describes it right after it was asked for. */
final class NewTask {

    private NewTask() {}

    static Task of(
            RunTaskRequest request, Cluster cluster, TaskDefinitions.Revision revision, EcsArns arns, Instant now) {
        TaskDefinition definition = revision.definition();
        TaskOverride overrides =
                request.overrides() == null ? TaskOverride.builder().build() : request.overrides();
        String arn = arns.newTask(cluster.clusterName());
        String provider = provider(request);
        return Task.builder()
                .taskArn(arn)
                .clusterArn(cluster.clusterArn())
                .taskDefinitionArn(definition.taskDefinitionArn())
                .containers(definition.containerDefinitions().stream()
                        .map(container -> container(container, cluster, arn, arns))
                        .toList())
                .overrides(overrides)
                .cpu(RunTaskCheck.given(overrides.cpu(), definition.cpu()))
                .memory(RunTaskCheck.given(overrides.memory(), definition.memory()))
                .ephemeralStorage(
                        overrides.ephemeralStorage() == null
                                ? definition.ephemeralStorage()
                                : overrides.ephemeralStorage())
                .capacityProviderName(provider)
                .launchType(provider == null ? launchType(request) : LaunchType.FARGATE)
                .platformVersion(request.platformVersion() == null ? "1.4.0" : request.platformVersion())
                .group(request.group() == null ? "family:" + definition.family() : request.group())
                .startedBy(request.startedBy())
                .tags(tags(request, revision))
                .connectivity(Connectivity.DISCONNECTED)
                .desiredStatus("RUNNING")
                .lastStatus("PROVISIONING")
                .createdAt(now)
                .version(1L)
                .build();
    }

    private static Container container(ContainerDefinition definition, Cluster cluster, String taskArn, EcsArns arns) {
        return Container.builder()
                .containerArn(arns.newContainer(cluster.clusterName(), EcsArns.last(taskArn)))
                .taskArn(taskArn)
                .name(definition.name())
                .image(definition.image())
                .lastStatus("PENDING")
                .cpu(definition.cpu() == null ? "0" : definition.cpu().toString())
                .memory(definition.memory() == null ? null : definition.memory().toString())
                .build();
    }

    private static @Nullable String provider(RunTaskRequest request) {
        return request.capacityProviderStrategy().isEmpty()
                ? null
                : request.capacityProviderStrategy().get(0).capacityProvider();
    }

    private static LaunchType launchType(RunTaskRequest request) {
        return request.launchType() == null ? LaunchType.FARGATE : request.launchType();
    }

    private static List<Tag> tags(RunTaskRequest request, TaskDefinitions.Revision revision) {
        List<Tag> tags = new ArrayList<>(request.tags());
        if (request.propagateTags() == PropagateTags.TASK_DEFINITION) {
            tags.addAll(revision.tags());
        }
        return tags;
    }
}
