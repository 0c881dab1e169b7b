package io.crois.testkit.aws.internal.ecs;

import io.crois.testkit.aws.internal.integration.Endings;
import io.crois.testkit.container.ContainerRunner;
import io.crois.testkit.time.EventLoop;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.Cluster;
import software.amazon.awssdk.services.ecs.model.RunTaskRequest;
import software.amazon.awssdk.services.ecs.model.SortOrder;
import software.amazon.awssdk.services.ecs.model.Tag;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;
import software.amazon.awssdk.services.ecs.model.TaskDefinitionStatus;

/**
 * The clusters, task definitions and tasks of an account. Tasks run on the event loop, their containers by a runner;
 * tasks can be described for an hour after they have stopped. Safe for use by several threads.
 */
public final class TaskHost implements Endings<Task> {

    private static final Duration KEPT = Duration.ofHours(1);
    private static final String DEFAULT_CLUSTER = "default";

    private final EventLoop loop;
    private final ContainerRunner runner;
    private final Consumer<Task> changed;
    private final EcsArns arns;
    private final TaskDefinitions definitions;
    private final Map<String, Cluster> clusters = new TreeMap<>();
    private final Map<String, HostedTask> tasks = new LinkedHashMap<>();
    private final Map<String, List<String>> byToken = new HashMap<>();
    private final Map<String, List<Consumer<Task>>> waiting = new HashMap<>();
    private final Deque<Task> stopped = new ArrayDeque<>();

    /**
     * Creates a host without clusters.
     *
     * @param changed is told of each state of each task, on the event loop
     * @param random decides the ids of tasks and containers
     */
    public TaskHost(
            EventLoop loop,
            ContainerRunner runner,
            Consumer<Task> changed,
            String region,
            String account,
            Random random) {
        this.loop = loop;
        this.runner = runner;
        this.changed = changed;
        this.arns = new EcsArns(region, account, random);
        this.definitions = new TaskDefinitions(arns::definition);
    }

    /** Adds a cluster, or returns the one there is. */
    public Cluster createCluster(@Nullable String name, List<Tag> tags) {
        String given = name == null ? DEFAULT_CLUSTER : name;
        return loop.call(() -> clusters.computeIfAbsent(
                given,
                missing -> Cluster.builder()
                        .clusterName(missing)
                        .clusterArn(arns.cluster(missing))
                        .status("ACTIVE")
                        .tags(tags)
                        .build()));
    }

    /** Returns a cluster by name or ARN as it is now, or {@code null}. */
    public @Nullable Cluster findCluster(@Nullable String name) {
        return loop.call(() -> {
            Cluster cluster = clusters.get(clusterName(name));
            if (cluster == null) {
                return null;
            }
            int running = (int) active(cluster)
                    .filter(task -> task.lastStatus().equals("RUNNING"))
                    .count();
            int all = (int) active(cluster).count();
            return cluster.toBuilder()
                    .runningTasksCount(running)
                    .pendingTasksCount(all - running)
                    .activeServicesCount(0)
                    .registeredContainerInstancesCount(0)
                    .build();
        });
    }

    /** Returns the ARNs of all clusters. */
    public List<String> listClusters() {
        return loop.call(
                () -> clusters.values().stream().map(Cluster::clusterArn).toList());
    }

    /** Removes a cluster without tasks and returns what it was. */
    public Cluster deleteCluster(@Nullable String name) {
        return loop.call(() -> {
            Cluster cluster = requireCluster(name);
            if (active(cluster).findAny().isPresent()) {
                throw EcsRefusal.clusterHasTasks();
            }
            clusters.remove(cluster.clusterName());
            return cluster.toBuilder().status("INACTIVE").build();
        });
    }

    private Stream<Task> active(Cluster cluster) {
        return tasks.values().stream()
                .map(HostedTask::task)
                .filter(task -> task.clusterArn().equals(cluster.clusterArn()) && task.stoppedAt() == null);
    }

    private static String clusterName(@Nullable String name) {
        return name == null ? DEFAULT_CLUSTER : EcsArns.last(name);
    }

    private Cluster requireCluster(@Nullable String name) {
        Cluster cluster = clusters.get(clusterName(name));
        if (cluster == null) {
            throw EcsRefusal.noCluster();
        }
        return cluster;
    }

    /** Keeps a definition as the next revision of its family. */
    public TaskDefinition register(TaskDefinition.Builder definition, List<Tag> tags) {
        return loop.call(() ->
                definitions.register(definition.registeredAt(loop.now()), tags).definition());
    }

    /** Returns a revision by ARN or {@code family:revision}, or the latest active one by family. */
    public TaskDefinition describe(@Nullable String name) {
        return requireRevision(name, "Unable to describe task definition.").definition();
    }

    /** Returns the tags of a revision. */
    public List<Tag> tagsOf(@Nullable String name) {
        return requireRevision(name, "Unable to describe task definition.").tags();
    }

    private TaskDefinitions.Revision requireRevision(@Nullable String name, String message) {
        return loop.call(() -> {
            TaskDefinitions.Revision revision = definitions.find(name);
            if (revision == null) {
                throw EcsRefusal.client(message);
            }
            return revision;
        });
    }

    /** Lets a revision start no more tasks. */
    public TaskDefinition deregister(@Nullable String name) {
        return loop.call(() -> definitions.deregister(name));
    }

    /** Returns the ARNs of revisions; active ones unless another status is given. */
    public List<String> listDefinitions(
            @Nullable String family, @Nullable TaskDefinitionStatus status, @Nullable SortOrder order) {
        return loop.call(() -> definitions.list(family, status, order));
    }

    /** Returns the families whose names begin with a text and that have a revision of a status. */
    public List<String> listFamilies(@Nullable String prefix, @Nullable TaskDefinitionStatus status) {
        return loop.call(() -> definitions.families(prefix, status));
    }

    /** Starts tasks; the same client token gives the same tasks again. */
    public List<Task> run(RunTaskRequest request) {
        return loop.call(() -> {
            forgetOld();
            Cluster cluster = requireCluster(request.cluster());
            TaskDefinitions.Revision revision = requireRevision(request.taskDefinition(), "TaskDefinition not found.");
            if (!TaskDefinitions.isActive(revision)) {
                throw EcsRefusal.client("TaskDefinition is inactive");
            }
            RunTaskCheck.check(request, revision.definition());
            String token = request.clientToken();
            if (token != null && byToken.containsKey(token)) {
                return byToken.get(token).stream()
                        .map(tasks::get)
                        .map(HostedTask::task)
                        .toList();
            }
            List<Task> started = new ArrayList<>();
            for (int number = 0; number < RunTaskCheck.count(request); number++) {
                started.add(start(request, cluster, revision));
            }
            if (token != null) {
                byToken.put(token, started.stream().map(Task::taskArn).toList());
            }
            return started;
        });
    }

    private Task start(RunTaskRequest request, Cluster cluster, TaskDefinitions.Revision revision) {
        TaskDefinition definition = revision.definition();
        Task first = NewTask.of(request, cluster, revision, arns, loop.now());
        String main = ContainerOrder.main(definition).name();
        HostedTask task = new HostedTask(first, main, loop.clock(), this::tell);
        tasks.put(first.taskArn(), task);
        loop.post(() -> task.begin(
                listener -> runner.run(ContainerOrder.of(first.taskArn(), definition, request.overrides()), listener)));
        return first;
    }

    private void tell(Task task) {
        changed.accept(task);
        if (task.stoppedAt() != null) {
            stopped.add(task);
            List<Consumer<Task>> told = waiting.remove(task.taskArn());
            if (told != null) {
                told.forEach(consumer -> consumer.accept(task));
            }
        }
    }

    /** Tells of the end of a task: on the event loop, once, also when it has stopped already. */
    @Override
    public void await(String taskArn, Consumer<Task> ended) {
        loop.call(() -> {
            HostedTask task = tasks.get(taskArn);
            if (task != null && task.isStopped()) {
                loop.post(() -> ended.accept(task.task()));
            } else {
                waiting.computeIfAbsent(taskArn, arn -> new ArrayList<>()).add(ended);
            }
            return taskArn;
        });
    }

    /** Stops a task by id or ARN. */
    public Task stop(@Nullable String cluster, @Nullable String id, @Nullable String reason) {
        return loop.call(() -> {
            requireCluster(cluster);
            HostedTask task = hosted(cluster, String.valueOf(id));
            if (task == null) {
                throw EcsRefusal.invalid("The referenced task was not found.");
            }
            task.stop(reason);
            return task.task();
        });
    }

    /** Returns a task by id or ARN, or {@code null}. */
    public @Nullable Task find(@Nullable String cluster, String id) {
        return loop.call(() -> {
            requireCluster(cluster);
            HostedTask task = hosted(cluster, id);
            return task == null ? null : task.task();
        });
    }

    private @Nullable HostedTask hosted(@Nullable String cluster, String id) {
        return tasks.get(arns.task(clusterName(cluster), EcsArns.last(id)));
    }

    /** Returns all tasks of a cluster, oldest first. */
    public List<Task> list(@Nullable String cluster) {
        return loop.call(() -> {
            String arn = requireCluster(cluster).clusterArn();
            return tasks.values().stream()
                    .map(HostedTask::task)
                    .filter(task -> task.clusterArn().equals(arn))
                    .toList();
        });
    }

    private void forgetOld() {
        Instant oldest = loop.now().minus(KEPT);
        while (!stopped.isEmpty() && stopped.peek().stoppedAt().isBefore(oldest)) {
            String arn = stopped.poll().taskArn();
            tasks.remove(arn);
            byToken.values().removeIf(arns -> arns.contains(arn));
        }
    }
}
