package io.crois.testkit.aws;

import io.crois.testkit.aws.internal.access.Launch;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.batch.BatchClient;
import software.amazon.awssdk.services.batch.model.ContainerDetail;
import software.amazon.awssdk.services.batch.model.JobDetail;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.LogDriver;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;

/** Finds the roles, images and logs of the containers of tasks and jobs, by the ids that runners know them by. */
final class Launches {

    private static final String GROUP = "awslogs-group";
    private static final String GROUP_OF_JOBS = "/aws/batch/job";

    private final EcsClient ecs;
    private final BatchClient batch;

    Launches(EcsClient ecs, BatchClient batch) {
        this.ecs = ecs;
        this.batch = batch;
    }

    /**
     * Returns the container of a task, named by its ARN, or of an attempt of a job, which is told apart behind its id.
     */
    Launch of(String containerId) {
        return containerId.startsWith("arn:") ? ofTask(containerId) : ofJob(containerId);
    }

    private Launch ofTask(String arn) {
        Task task = ecs.describeTasks(
                        describe -> describe.cluster(arn.split("/")[1]).tasks(arn))
                .tasks()
                .get(0);
        TaskDefinition definition = ecs.describeTaskDefinition(
                        describe -> describe.taskDefinition(task.taskDefinitionArn()))
                .taskDefinition();
        boolean overridden = task.overrides() != null;
        Optional<ContainerDefinition> logged = definition.containerDefinitions().stream()
                .filter(ContainerDefinition::essential)
                .filter(container -> container.logConfiguration() != null
                        && container.logConfiguration().logDriver() == LogDriver.AWSLOGS)
                .findFirst();
        Map<String, String> options =
                logged.map(container -> container.logConfiguration().options()).orElse(Map.of());
        String name = logged.map(ContainerDefinition::name).orElse("");
        return new Launch(
                arn,
                either(overridden ? task.overrides().taskRoleArn() : null, definition.taskRoleArn()),
                either(overridden ? task.overrides().executionRoleArn() : null, definition.executionRoleArn()),
                definition.containerDefinitions().stream()
                        .map(ContainerDefinition::image)
                        .toList(),
                Optional.ofNullable(options.get(GROUP)),
                options.get("awslogs-stream-prefix") + "/" + name + "/" + arn.substring(arn.lastIndexOf('/') + 1));
    }

    /** The stream of an attempt that was not placed yet: its last part is not known. */
    private static String firstStream(JobDetail job) {
        String definition = job.jobDefinition();
        return definition.substring(definition.lastIndexOf('/') + 1).split(":")[0] + "/default/" + job.jobId();
    }

    private static Optional<String> either(@Nullable String override, @Nullable String own) {
        return Optional.ofNullable(override).or(() -> Optional.ofNullable(own));
    }

    private Launch ofJob(String attempt) {
        JobDetail job = batch.describeJobs(describe -> describe.jobs(attempt.split("#")[0]))
                .jobs()
                .get(0);
        ContainerDetail container = job.container();
        String group = Stream.ofNullable(container.logConfiguration())
                .flatMap(log -> Stream.ofNullable(log.options().get(GROUP)))
                .findFirst()
                .orElse(GROUP_OF_JOBS);
        String stream = Optional.ofNullable(container.logStreamName()).orElseGet(() -> firstStream(job));
        return new Launch(
                attempt,
                Optional.ofNullable(container.jobRoleArn()),
                Optional.ofNullable(container.executionRoleArn()),
                List.of(container.image()),
                Optional.of(group),
                stream);
    }
}
