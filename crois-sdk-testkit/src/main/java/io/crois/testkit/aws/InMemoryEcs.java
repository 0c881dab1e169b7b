package io.crois.testkit.aws;

import io.crois.testkit.aws.internal.ecs.EcsRefusal;
import io.crois.testkit.aws.internal.ecs.TaskHost;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.EcsServiceClientConfiguration;
import software.amazon.awssdk.services.ecs.model.Cluster;
import software.amazon.awssdk.services.ecs.model.ClusterField;
import software.amazon.awssdk.services.ecs.model.CreateClusterRequest;
import software.amazon.awssdk.services.ecs.model.CreateClusterResponse;
import software.amazon.awssdk.services.ecs.model.DeleteClusterRequest;
import software.amazon.awssdk.services.ecs.model.DeleteClusterResponse;
import software.amazon.awssdk.services.ecs.model.DeregisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.DeregisterTaskDefinitionResponse;
import software.amazon.awssdk.services.ecs.model.DescribeClustersRequest;
import software.amazon.awssdk.services.ecs.model.DescribeClustersResponse;
import software.amazon.awssdk.services.ecs.model.DescribeTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.DescribeTaskDefinitionResponse;
import software.amazon.awssdk.services.ecs.model.DescribeTasksRequest;
import software.amazon.awssdk.services.ecs.model.DescribeTasksResponse;
import software.amazon.awssdk.services.ecs.model.DesiredStatus;
import software.amazon.awssdk.services.ecs.model.Failure;
import software.amazon.awssdk.services.ecs.model.ListClustersRequest;
import software.amazon.awssdk.services.ecs.model.ListClustersResponse;
import software.amazon.awssdk.services.ecs.model.ListTaskDefinitionFamiliesRequest;
import software.amazon.awssdk.services.ecs.model.ListTaskDefinitionFamiliesResponse;
import software.amazon.awssdk.services.ecs.model.ListTaskDefinitionsRequest;
import software.amazon.awssdk.services.ecs.model.ListTaskDefinitionsResponse;
import software.amazon.awssdk.services.ecs.model.ListTasksRequest;
import software.amazon.awssdk.services.ecs.model.ListTasksResponse;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionResponse;
import software.amazon.awssdk.services.ecs.model.RunTaskRequest;
import software.amazon.awssdk.services.ecs.model.RunTaskResponse;
import software.amazon.awssdk.services.ecs.model.StopTaskRequest;
import software.amazon.awssdk.services.ecs.model.StopTaskResponse;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;
import software.amazon.awssdk.services.ecs.model.TaskDefinitionFamilyStatus;
import software.amazon.awssdk.services.ecs.model.TaskDefinitionField;
import software.amazon.awssdk.services.ecs.model.TaskDefinitionStatus;
import software.amazon.awssdk.services.ecs.model.TaskField;

/**
 * Amazon ECS: clusters, task definitions, and tasks on Fargate. Safe for use by several threads.
 *
 * <p>Of a task's containers the one named {@code main}, or else the first that is essential, is run; the others end
 * with 0 when it ends. There is always room for a task. Lists come in one page. Not in memory: services, task sets,
 * container instances, capacity providers of one's own, subnets, deletion of task definitions, tags of resources that
 * exist already.
 */
final class InMemoryEcs implements EcsClient {

    private static final int MAX_DESCRIBED = 100;

    private final TaskHost host;
    private final String region;

    private InMemoryEcs(TaskHost host, String region) {
        this.region = region;
        this.host = host;
    }

    /** Returns a client of the tasks of a host. */
    static EcsClient of(TaskHost host, String region) {
        return NotInMemory.named(EcsClient.class, new InMemoryEcs(host, region));
    }

    @Override
    public EcsServiceClientConfiguration serviceClientConfiguration() {
        return EcsServiceClientConfiguration.builder().region(Region.of(region)).build();
    }

    @Override
    public String serviceName() {
        return "ecs";
    }

    @Override
    public void close() {
        // The tasks outlive their clients.
    }

    @Override
    public CreateClusterResponse createCluster(CreateClusterRequest request) {
        Cluster cluster = host.createCluster(request.clusterName(), request.tags());
        return CreateClusterResponse.builder().cluster(cluster).build();
    }

    @Override
    public DescribeClustersResponse describeClusters(DescribeClustersRequest request) {
        List<String> names = request.hasClusters() ? request.clusters() : List.of("default");
        List<Cluster> found = new ArrayList<>();
        List<Failure> failures = new ArrayList<>();
        for (String name : names) {
            Cluster cluster = host.findCluster(name);
            if (cluster == null) {
                failures.add(missing(name));
            } else {
                boolean tagged = request.include().contains(ClusterField.TAGS);
                found.add(tagged ? cluster : cluster.toBuilder().tags(List.of()).build());
            }
        }
        return DescribeClustersResponse.builder()
                .clusters(found)
                .failures(failures)
                .build();
    }

    private static Failure missing(String arn) {
        return Failure.builder().arn(arn).reason("MISSING").build();
    }

    @Override
    public ListClustersResponse listClusters(ListClustersRequest request) {
        return ListClustersResponse.builder().clusterArns(host.listClusters()).build();
    }

    @Override
    public DeleteClusterResponse deleteCluster(DeleteClusterRequest request) {
        return DeleteClusterResponse.builder()
                .cluster(host.deleteCluster(request.cluster()))
                .build();
    }

    @Override
    public RegisterTaskDefinitionResponse registerTaskDefinition(RegisterTaskDefinitionRequest request) {
        TaskDefinition definition = host.register(
                TaskDefinition.builder()
                        .family(request.family())
                        .taskRoleArn(request.taskRoleArn())
                        .executionRoleArn(request.executionRoleArn())
                        .networkMode(request.networkModeAsString())
                        .containerDefinitions(request.containerDefinitions())
                        .volumes(request.volumes())
                        .placementConstraints(request.placementConstraints())
                        .compatibilitiesWithStrings(request.requiresCompatibilitiesAsStrings())
                        .requiresCompatibilitiesWithStrings(request.requiresCompatibilitiesAsStrings())
                        .cpu(request.cpu())
                        .memory(request.memory())
                        .runtimePlatform(request.runtimePlatform())
                        .ephemeralStorage(request.ephemeralStorage())
                        .pidMode(request.pidModeAsString())
                        .ipcMode(request.ipcModeAsString()),
                request.tags());
        return RegisterTaskDefinitionResponse.builder()
                .taskDefinition(definition)
                .tags(request.tags())
                .build();
    }

    @Override
    public DescribeTaskDefinitionResponse describeTaskDefinition(DescribeTaskDefinitionRequest request) {
        DescribeTaskDefinitionResponse.Builder response =
                DescribeTaskDefinitionResponse.builder().taskDefinition(host.describe(request.taskDefinition()));
        if (request.include().contains(TaskDefinitionField.TAGS)) {
            response.tags(host.tagsOf(request.taskDefinition()));
        }
        return response.build();
    }

    @Override
    public DeregisterTaskDefinitionResponse deregisterTaskDefinition(DeregisterTaskDefinitionRequest request) {
        return DeregisterTaskDefinitionResponse.builder()
                .taskDefinition(host.deregister(request.taskDefinition()))
                .build();
    }

    @Override
    public ListTaskDefinitionsResponse listTaskDefinitions(ListTaskDefinitionsRequest request) {
        return ListTaskDefinitionsResponse.builder()
                .taskDefinitionArns(host.listDefinitions(request.familyPrefix(), request.status(), request.sort()))
                .build();
    }

    @Override
    public ListTaskDefinitionFamiliesResponse listTaskDefinitionFamilies(ListTaskDefinitionFamiliesRequest request) {
        TaskDefinitionStatus status = request.status() == TaskDefinitionFamilyStatus.ALL
                ? null
                : TaskDefinitionStatus.fromValue(request.status() == null ? "ACTIVE" : request.statusAsString());
        return ListTaskDefinitionFamiliesResponse.builder()
                .families(host.listFamilies(request.familyPrefix(), status))
                .build();
    }

    @Override
    public RunTaskResponse runTask(RunTaskRequest request) {
        return RunTaskResponse.builder().tasks(host.run(request)).build();
    }

    @Override
    public StopTaskResponse stopTask(StopTaskRequest request) {
        return StopTaskResponse.builder()
                .task(host.stop(request.cluster(), request.task(), request.reason()))
                .build();
    }

    @Override
    public DescribeTasksResponse describeTasks(DescribeTasksRequest request) {
        if (request.tasks().isEmpty()) {
            throw EcsRefusal.invalid("Tasks cannot be empty.");
        }
        if (request.tasks().size() > MAX_DESCRIBED) {
            throw EcsRefusal.invalid("Tasks can have at most " + MAX_DESCRIBED + " items.");
        }
        List<Task> found = new ArrayList<>();
        List<Failure> failures = new ArrayList<>();
        for (String id : request.tasks()) {
            Task task = host.find(request.cluster(), id);
            if (task == null) {
                failures.add(missing(id));
            } else {
                boolean tagged = request.include().contains(TaskField.TAGS);
                found.add(tagged ? task : task.toBuilder().tags(List.of()).build());
            }
        }
        return DescribeTasksResponse.builder().tasks(found).failures(failures).build();
    }

    @Override
    public ListTasksResponse listTasks(ListTasksRequest request) {
        DesiredStatus status = request.desiredStatus() == null ? DesiredStatus.RUNNING : request.desiredStatus();
        Stream<Task> tasks = host.list(request.cluster()).stream()
                .filter(task -> task.desiredStatus().equals(status.toString()))
                .filter(task -> matches(request.startedBy(), task.startedBy()))
                .filter(task -> matches(request.family(), family(task)))
                .filter(task -> matches(request.launchTypeAsString(), task.launchTypeAsString()));
        return ListTasksResponse.builder()
                .taskArns(tasks.map(Task::taskArn).toList())
                .build();
    }

    private static boolean matches(@Nullable String wanted, @Nullable String found) {
        return wanted == null || Objects.equals(wanted, found);
    }

    private static String family(Task task) {
        String definition = task.taskDefinitionArn();
        return definition.substring(definition.lastIndexOf('/') + 1, definition.lastIndexOf(':'));
    }
}
