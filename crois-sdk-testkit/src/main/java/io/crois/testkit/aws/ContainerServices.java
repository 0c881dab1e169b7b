package io.crois.testkit.aws;

import io.crois.testkit.aws.internal.access.LaunchRights;
import io.crois.testkit.aws.internal.access.Permissions;
import io.crois.testkit.aws.internal.access.Site;
import io.crois.testkit.aws.internal.batch.JobHost;
import io.crois.testkit.aws.internal.ecs.TaskHost;
import io.crois.testkit.aws.internal.integration.ServiceEvents;
import io.crois.testkit.aws.internal.logs.LogStore;
import io.crois.testkit.container.ContainerListener;
import io.crois.testkit.container.ContainerPlatform;
import io.crois.testkit.container.ContainerRequest;
import io.crois.testkit.container.ContainerRunner;
import io.crois.testkit.container.RunningContainer;
import io.crois.testkit.policy.Principal;
import io.crois.testkit.time.EventLoop;
import java.util.Objects;
import java.util.Random;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.batch.BatchClient;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.ecs.EcsClient;

/**
 * Amazon ECS and AWS Batch, what runs their containers, and Amazon CloudWatch Logs, in which stands what these print.
 * Where permissions are enforced, containers start and act as their roles may.
 */
final class ContainerServices {

    private final EventLoop loop;
    private final @Nullable Function<Principal, ActingClients> actors;
    private final ContainerRunner containers;
    private final TaskHost tasks;
    private final JobHost jobs;
    private final EcsClient ecs;
    private final BatchClient batch;
    private final CloudWatchLogsClient logs;
    private final Launches launches;
    private final ContainerLogs output;
    private @Nullable AdmittedContainers admitted;

    /**
     * Wires the services.
     *
     * @param platform what containers live on
     * @param runner makes what runs them
     * @param actors gives the clients of a principal; {@code null} where containers may do everything
     */
    ContainerServices(
            ContainerPlatform platform,
            Function<ContainerPlatform, ContainerRunner> runner,
            @Nullable Function<Principal, ActingClients> actors,
            ServiceEvents events,
            Site site,
            Random random) {
        this.loop = platform.loop();
        this.actors = actors;
        this.containers = runner.apply(new ContainerPlatform(
                loop,
                platform.dynamoDb(),
                platform.s3(),
                platform.secretsManager(),
                platform.kms(),
                platform.settings(),
                this::printed,
                actors == null ? null : this::servicesOf));
        ContainerRunner runs = actors == null ? containers : this::runAdmitted;
        tasks = new TaskHost(loop, runs, events::changed, site.region(), site.account(), random);
        ecs = InMemoryEcs.of(tasks, site.region());
        jobs = new JobHost(loop, runs, events::changed, site.region(), site.account(), random);
        batch = InMemoryBatch.of(jobs);
        LogStore lines = new LogStore(loop.clock());
        logs = InMemoryLogs.of(lines);
        launches = new Launches(ecs, batch);
        output = new ContainerLogs(lines, launches);
    }

    /** Lets containers start as these permissions say; changes nothing where permissions are not enforced. */
    void admitBy(Permissions permissions) {
        admitted = new AdmittedContainers(containers, loop, new LaunchRights(permissions), launches::of);
    }

    private RunningContainer runAdmitted(ContainerRequest request, ContainerListener listener) {
        return Objects.requireNonNull(admitted).run(request, listener);
    }

    private void printed(String containerId, String line) {
        if (admitted == null || !admitted.isSilent(containerId)) {
            output.printed(containerId, line);
        }
    }

    /** The services as the containers of a task or job see them: with the role of the task, or with none. */
    private ContainerPlatform servicesOf(ContainerPlatform platform, String containerId) {
        String session = containerId.substring(containerId.lastIndexOf('/') + 1);
        Principal principal = launches.of(containerId)
                .taskRole()
                .map(role -> Principal.session(role, session))
                .orElseGet(Principal::anonymous);
        ActingClients clients = Objects.requireNonNull(actors).apply(principal);
        return platform.with(clients.dynamoDb(), clients.s3(), clients.secretsManager(), clients.kms());
    }

    ContainerRunner containers() {
        return containers;
    }

    TaskHost tasks() {
        return tasks;
    }

    JobHost jobs() {
        return jobs;
    }

    EcsClient ecs() {
        return ecs;
    }

    BatchClient batch() {
        return batch;
    }

    CloudWatchLogsClient logs() {
        return logs;
    }
}
