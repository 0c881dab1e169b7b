package io.crois.testkit.aws;

import io.crois.testkit.aws.internal.logs.LogStore;
import io.crois.testkit.container.ContainerOutput;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import software.amazon.awssdk.services.batch.BatchClient;
import software.amazon.awssdk.services.batch.model.JobDetail;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.LogDriver;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;

/** Brings what containers print to the streams that their definitions name, as the log driver does. Thread-safe. */
final class ContainerLogs implements ContainerOutput {
    private static final String GROUP = "awslogs-group";
    private static final String GROUP_OF_JOBS = "/aws/batch/job";

    private final LogStore store;
    private final EcsClient ecs;
    private final BatchClient batch;
    private final Map<String, Optional<Place>> places = new ConcurrentHashMap<>();

    ContainerLogs(LogStore store, EcsClient ecs, BatchClient batch) {
        this.store = store;
        this.ecs = ecs;
        this.batch = batch;
    }

    private record Place(String group, String stream) {}

    @Override
    public void printed(String id, String line) {
        Optional<Place> place = places.get(id);
        if (place == null) {
            place = id.startsWith("arn:") ? ofTask(id) : ofJob(id);
            places.put(id, place);
        }
        place.ifPresent(found -> store.print(found.group(), found.stream(), line));
    }

    private Optional<Place> ofTask(String arn) {
        Task task = ecs.describeTasks(
                        describe -> describe.cluster(arn.split("/")[1]).tasks(arn))
                .tasks()
                .get(0);
        TaskDefinition definition = ecs.describeTaskDefinition(
                        describe -> describe.taskDefinition(task.taskDefinitionArn()))
                .taskDefinition();
        String id = arn.substring(arn.lastIndexOf('/') + 1);
        return definition.containerDefinitions().stream()
                .filter(ContainerDefinition::essential)
                .filter(container -> container.logConfiguration() != null
                        && container.logConfiguration().logDriver() == LogDriver.AWSLOGS)
                .findFirst()
                .flatMap(container -> {
                    Map<String, String> options = container.logConfiguration().options();
                    String stream = options.get("awslogs-stream-prefix") + "/" + container.name() + "/" + id;
                    return Optional.ofNullable(options.get(GROUP)).map(group -> new Place(group, stream));
                });
    }

    private Optional<Place> ofJob(String attempt) {
        JobDetail job = batch.describeJobs(describe -> describe.jobs(attempt.split("#")[0]))
                .jobs()
                .get(0);
        String group = Stream.ofNullable(job.container().logConfiguration())
                .map(log -> log.options().get(GROUP))
                .flatMap(Stream::ofNullable)
                .findFirst()
                .orElse(GROUP_OF_JOBS);
        return Optional.ofNullable(job.container().logStreamName()).map(stream -> new Place(group, stream));
    }
}
