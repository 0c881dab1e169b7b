package io.crois.testkit.aws.internal.batch;

import io.crois.testkit.container.ContainerRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.batch.model.ContainerDetail;
import software.amazon.awssdk.services.batch.model.ContainerOverrides;
import software.amazon.awssdk.services.batch.model.ContainerProperties;
import software.amazon.awssdk.services.batch.model.JobDefinition;
import software.amazon.awssdk.services.batch.model.JobDetail;
import software.amazon.awssdk.services.batch.model.JobQueueDetail;
import software.amazon.awssdk.services.batch.model.JobStatus;
import software.amazon.awssdk.services.batch.model.KeyValuePair;
import software.amazon.awssdk.services.batch.model.ResourceRequirement;
import software.amazon.awssdk.services.batch.model.ResourceType;
import software.amazon.awssdk.services.batch.model.RetryStrategy;
import software.amazon.awssdk.services.batch.model.SubmitJobRequest;

/** Makes a job as the service describes it right after it was submitted. */
final class NewJob {

    private NewJob() {}

    static JobDetail of(
            SubmitJobRequest request, JobDefinition definition, JobQueueDetail queue, String id, String arn, long now) {
        Map<String, String> parameters = new LinkedHashMap<>(definition.parameters());
        parameters.putAll(request.parameters());
        return JobDetail.builder()
                .jobId(id)
                .jobArn(arn)
                .jobName(request.jobName())
                .jobQueue(queue.jobQueueArn())
                .jobDefinition(definition.jobDefinitionArn())
                .status(JobStatus.SUBMITTED)
                .attempts(List.of())
                .createdAt(now)
                .dependsOn(List.of())
                .parameters(parameters)
                .retryStrategy(retry(request, definition))
                .timeout(request.timeout() == null ? definition.timeout() : request.timeout())
                .container(container(definition.containerProperties(), request.containerOverrides(), parameters))
                .tags(tags(request, definition))
                .platformCapabilitiesWithStrings(
                        definition.hasPlatformCapabilities()
                                ? definition.platformCapabilitiesAsStrings()
                                : List.of("EC2"))
                .build();
    }

    private static RetryStrategy retry(SubmitJobRequest request, JobDefinition definition) {
        RetryStrategy given = request.retryStrategy() == null ? definition.retryStrategy() : request.retryStrategy();
        RetryStrategy.Builder retry = given == null ? RetryStrategy.builder() : given.toBuilder();
        return given == null || given.attempts() == null ? retry.attempts(1).build() : given;
    }

    private static Map<String, String> tags(SubmitJobRequest request, JobDefinition definition) {
        Map<String, String> tags = new HashMap<>(definition.tags());
        tags.putAll(request.tags());
        return tags;
    }

    private static ContainerDetail container(
            ContainerProperties properties, @Nullable ContainerOverrides overrides, Map<String, String> parameters) {
        ContainerOverrides given =
                overrides == null ? ContainerOverrides.builder().build() : overrides;
        List<String> command = given.hasCommand() ? given.command() : properties.command();
        return ContainerDetail.builder()
                .image(properties.image())
                .command(command.stream()
                        .map(argument -> replaced(argument, parameters))
                        .toList())
                .jobRoleArn(properties.jobRoleArn())
                .executionRoleArn(properties.executionRoleArn())
                .environment(merged(properties.environment(), given.environment()))
                .volumes(properties.volumes())
                .mountPoints(properties.mountPoints())
                .ulimits(properties.ulimits())
                .secrets(properties.secrets())
                .logConfiguration(properties.logConfiguration())
                .vcpus(given.vcpus() == null ? properties.vcpus() : given.vcpus())
                .memory(given.memory() == null ? properties.memory() : given.memory())
                .resourceRequirements(required(properties.resourceRequirements(), given.resourceRequirements()))
                .networkInterfaces(List.of())
                .build();
    }

    /** {@code Ref::name} in a command stands for a parameter. */
    private static String replaced(String argument, Map<String, String> parameters) {
        String prefix = "Ref::";
        return argument.startsWith(prefix)
                ? parameters.getOrDefault(argument.substring(prefix.length()), argument)
                : argument;
    }

    private static List<KeyValuePair> merged(List<KeyValuePair> image, List<KeyValuePair> overrides) {
        Map<String, KeyValuePair> merged = new LinkedHashMap<>();
        image.forEach(variable -> merged.put(variable.name(), variable));
        overrides.forEach(variable -> merged.put(variable.name(), variable));
        return new ArrayList<>(merged.values());
    }

    private static List<ResourceRequirement> required(
            List<ResourceRequirement> image, List<ResourceRequirement> overrides) {
        Map<String, ResourceRequirement> merged = new LinkedHashMap<>();
        image.forEach(requirement -> merged.put(requirement.typeAsString(), requirement));
        overrides.forEach(requirement -> merged.put(requirement.typeAsString(), requirement));
        return new ArrayList<>(merged.values());
    }

    /** Returns the container of an attempt. */
    static ContainerRequest attempt(JobDetail job, int number) {
        ContainerDetail container = job.container();
        Map<String, String> environment = new HashMap<>();
        container.environment().forEach(variable -> environment.put(variable.name(), variable.value()));
        environment.put("AWS_BATCH_JOB_ID", job.jobId());
        environment.put("AWS_BATCH_JOB_ATTEMPT", Integer.toString(number));
        environment.put("AWS_BATCH_JQ_NAME", BatchArns.last(job.jobQueue()));
        environment.put("AWS_BATCH_CE_NAME", "in-memory");
        return new ContainerRequest(
                job.jobId() + "#" + number,
                container.image(),
                container.command(),
                environment,
                amount(container, ResourceType.VCPU, container.vcpus()),
                (long) amount(container, ResourceType.MEMORY, container.memory()));
    }

    private static double amount(ContainerDetail container, ResourceType type, @Nullable Integer otherwise) {
        return container.resourceRequirements().stream()
                .filter(requirement -> requirement.type() == type)
                .map(requirement -> Double.parseDouble(requirement.value()))
                .findFirst()
                .orElse(otherwise == null ? 0.0 : otherwise.doubleValue());
    }
}
