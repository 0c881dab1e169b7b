package io.crois.execution;

import io.crois.contract.Json;
import io.crois.contract.ProjectNames;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import software.amazon.awssdk.services.batch.model.DescribeJobDefinitionsRequest;
import software.amazon.awssdk.services.batch.model.JobDefinition;
import software.amazon.awssdk.services.batch.model.JobDefinitionType;
import software.amazon.awssdk.services.batch.model.PlatformCapability;
import software.amazon.awssdk.services.batch.model.ResourceType;
import software.amazon.awssdk.services.ecs.model.ClientException;
import software.amazon.awssdk.services.ecs.model.Compatibility;
import software.amazon.awssdk.services.ecs.model.ContainerCondition;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.NetworkMode;

/**
 * Registers what ECS and Batch need to know of an image before they run it.
 *
 * <p>A definition's name ends in a digest of its content, so that one image has one definition however many steps use
 * it, and deploying again registers nothing (registering is limited to one call a second).
 */
final class ContainerDefinitions {
    private static final String MAIN = "main";
    private static final String INJECTOR = "crois-injector";
    private static final String VOLUME = "crois";
    private static final String AGENT_FOLDER = "/crois";
    private static final String AGENT = AGENT_FOLDER + "/agent";
    private static final int LONGEST_SLUG = 40;
    private static final int INJECTOR_SECONDS = 120;

    private final AwsClients clients;
    private final ProjectSettings project;
    private final String prefix;
    private final Map<String, String> taskDefinitions = new HashMap<>();
    private final Map<String, String> jobDefinitions = new HashMap<>();

    ContainerDefinitions(Account account) {
        this.clients = account.clients();
        this.project = account.project();
        this.prefix = account.platform().prefix();
    }

    /** Returns the ARN of the task definition of an image; registers it unless it is there. */
    String taskDefinition(String image) {
        return taskDefinitions.computeIfAbsent(image, this::findOrRegisterTask);
    }

    /** Returns the ARN of the job definition of an image; registers it unless it is there. */
    String jobDefinition(String image) {
        return jobDefinitions.computeIfAbsent(image, this::findOrRegisterJob);
    }

    private String findOrRegisterTask(String image) {
        String family = name(image);
        try {
            return clients.ecs()
                    .describeTaskDefinition(request -> request.taskDefinition(family))
                    .taskDefinition()
                    .taskDefinitionArn();
        } catch (ClientException unknown) {
            return registerTask(family, image);
        }
    }

    /** The size is what a task gets without overrides; every attempt brings its own. */
    private String registerTask(String family, String image) {
        return clients.ecs()
                .registerTaskDefinition(request -> request.family(family)
                        .requiresCompatibilities(Compatibility.FARGATE)
                        .networkMode(NetworkMode.AWSVPC)
                        .cpu("256")
                        .memory("512")
                        .taskRoleArn(project.taskRole())
                        .executionRoleArn(project.executionRole())
                        .volumes(volume -> volume.name(VOLUME))
                        .containerDefinitions(injector(), main(image)))
                .taskDefinition()
                .taskDefinitionArn();
    }

    /** Copies the agent to the shared volume; a task fails if any of its containers does not end with 0. */
    private ContainerDefinition injector() {
        return ContainerDefinition.builder()
                .name(INJECTOR)
                .image(project.agentImage())
                .essential(false)
                .startTimeout(INJECTOR_SECONDS)
                .mountPoints(mount -> mount.sourceVolume(VOLUME).containerPath(AGENT_FOLDER))
                .build();
    }

    private static ContainerDefinition main(String image) {
        return ContainerDefinition.builder()
                .name(MAIN)
                .image(image)
                .essential(true)
                .entryPoint(AGENT)
                .dependsOn(on -> on.containerName(INJECTOR).condition(ContainerCondition.SUCCESS))
                .mountPoints(mount -> mount.sourceVolume(VOLUME).containerPath(AGENT_FOLDER))
                .build();
    }

    private String findOrRegisterJob(String image) {
        String name = name(image);
        DescribeJobDefinitionsRequest active = DescribeJobDefinitionsRequest.builder()
                .jobDefinitionName(name)
                .status("ACTIVE")
                .build();
        return clients.batch().describeJobDefinitions(active).jobDefinitions().stream()
                .findFirst()
                .map(JobDefinition::jobDefinitionArn)
                .orElseGet(() -> registerJob(name, image));
    }

    /** The launch template of the machines puts the agent on their disk. */
    private String registerJob(String name, String image) {
        return clients.batch()
                .registerJobDefinition(request -> request.jobDefinitionName(name)
                        .type(JobDefinitionType.CONTAINER)
                        .platformCapabilities(PlatformCapability.EC2)
                        .containerProperties(container -> container
                                .image(image)
                                .command(AGENT)
                                .jobRoleArn(project.taskRole())
                                .executionRoleArn(project.executionRole())
                                .resourceRequirements(
                                        need -> need.type(ResourceType.VCPU).value("1"),
                                        need -> need.type(ResourceType.MEMORY).value("2048"))
                                .volumes(volume -> volume.name(VOLUME).host(host -> host.sourcePath(AGENT_FOLDER)))
                                .mountPoints(mount -> mount.sourceVolume(VOLUME)
                                        .containerPath(AGENT_FOLDER)
                                        .readOnly(true))))
                .jobDefinitionArn();
    }

    private String name(String image) {
        String last = image.substring(image.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
        String slug = last.replaceAll("[^a-z0-9]+", "-");
        String digest =
                Json.digest(List.of(project.taskRole(), project.executionRole(), project.agentImage(), image, AGENT));
        return prefix
                + new ProjectNames(project.name()).prefix()
                + "-"
                + slug.substring(0, Math.min(slug.length(), LONGEST_SLUG))
                + "-"
                + digest;
    }
}
