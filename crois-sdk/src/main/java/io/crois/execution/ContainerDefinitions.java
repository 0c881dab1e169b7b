package io.crois.execution;

import io.crois.contract.ItemKey;
import io.crois.contract.Json;
import io.crois.contract.ProjectNames;
import io.crois.table.CroisTable;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.batch.model.DescribeJobDefinitionsRequest;
import software.amazon.awssdk.services.batch.model.JobDefinition;
import software.amazon.awssdk.services.batch.model.JobDefinitionType;
import software.amazon.awssdk.services.batch.model.LogConfiguration;
import software.amazon.awssdk.services.batch.model.PlatformCapability;
import software.amazon.awssdk.services.batch.model.RegisterJobDefinitionRequest;
import software.amazon.awssdk.services.batch.model.ResourceType;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.Compatibility;
import software.amazon.awssdk.services.ecs.model.ContainerCondition;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.NetworkMode;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.SortOrder;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;
import software.amazon.awssdk.services.ecs.model.TaskDefinitionStatus;

/**
 * Registers what ECS and Batch need to know of an image before they run it.
 *
 * <p>A project has one family for each repository that its steps name, and a revision for each content. A revision
 * bears the digest of its content, so that it is found and not registered again, whoever registered it (registering is
 * limited to one call a second). Thread-safe.
 */
final class ContainerDefinitions {
    private static final ReentrantLock[] LOCKS = Turns.locks();
    private static final String MAIN = "main";
    private static final String INJECTOR = "crois-injector";
    private static final String VOLUME = "crois";
    private static final String AGENT_FOLDER = "/crois";
    private static final String AGENT = AGENT_FOLDER + "/agent";
    private static final String LABEL = "io.crois.digest";
    private static final String PARAMETER = "crois-digest";
    private static final int LONGEST_SLUG = 40;
    private static final int REPOSITORY_DIGEST = 8;
    private static final int INJECTOR_SECONDS = 120;
    /** How many of a family's latest revisions are looked through; an older one is registered again. */
    private static final int LOOKED_THROUGH = 100;

    /** The longest that Fargate gives: outputs are stored in it. On Batch it is always 30 seconds. */
    private static final int STOP_SECONDS = 120;

    private static final String LOG_DRIVER = "awslogs";
    private static final String STOP_VARIABLE = "CROIS_STOP_SECONDS";

    /** Where the agent finds an order, and leaves a report, that does not fit into the table. */
    private static final String BUCKET_VARIABLE = "CROIS_BUCKET";

    private final AwsClients clients;
    private final AwsCalls calls;
    private final ProjectSettings project;
    private final String prefix;
    private final String bucket;
    private final Turns turns;
    private final LogPlaces logs;
    private final Optional<String> region;
    private final Map<String, String> taskDefinitions = new ConcurrentHashMap<>();
    private final Map<String, String> jobDefinitions = new ConcurrentHashMap<>();

    ContainerDefinitions(Account account, CroisTable table, AwsCalls calls) {
        this.clients = account.clients();
        this.calls = calls;
        this.project = account.project();
        this.prefix = account.platform().prefix() + new ProjectNames(project.name()).prefix() + "-";
        this.bucket = account.platform().bucket();
        this.turns = new Turns(table, calls, account.clock(), LOCKS);
        this.logs = new LogPlaces(account, calls);
        this.region = region(clients.ecs());
    }

    /** Logs need the Region by name; a client that stands for no Region logs nothing. */
    private static Optional<String> region(EcsClient ecs) {
        try {
            return Optional.ofNullable(ecs.serviceClientConfiguration().region())
                    .map(Region::id);
        } catch (UnsupportedOperationException aClientOfNoRegion) {
            return Optional.empty();
        }
    }

    /** Returns the ARN of the task definition of an image; registers it unless it is there. */
    String taskDefinition(String image) {
        String known = taskDefinitions.get(image);
        if (known != null) {
            return known;
        }
        String arn = turns.once(lease(image), () -> findTask(image), () -> registerTask(image));
        taskDefinitions.put(image, arn);
        return arn;
    }

    /** Returns the ARN of the job definition of an image; registers it unless it is there. */
    String jobDefinition(String image) {
        String known = jobDefinitions.get(image);
        if (known != null) {
            return known;
        }
        String arn = turns.once(lease(image), () -> findJob(image), () -> registerJob(image));
        jobDefinitions.put(image, arn);
        return arn;
    }

    /** Returns the ARN of the task definition of an image, if there is one. */
    Optional<String> findTask(String image) {
        String digest = digest(image);
        return calls
                .again(() -> clients.ecs()
                        .listTaskDefinitions(request -> request.familyPrefix(family(image))
                                .status(TaskDefinitionStatus.ACTIVE)
                                .sort(SortOrder.DESC)
                                .maxResults(LOOKED_THROUGH)))
                .taskDefinitionArns()
                .stream()
                .filter(arn -> digest.equals(digestOf(arn)))
                .findFirst();
    }

    private String digestOf(String arn) {
        TaskDefinition definition = calls.again(
                        () -> clients.ecs().describeTaskDefinition(request -> request.taskDefinition(arn)))
                .taskDefinition();
        return definition.containerDefinitions().stream()
                .filter(container -> container.name().equals(MAIN))
                .map(container -> container.dockerLabels().getOrDefault(LABEL, ""))
                .findFirst()
                .orElse("");
    }

    private String registerTask(String image) {
        RegisterTaskDefinitionRequest request = task(image);
        return calls.registering(() -> clients.ecs().registerTaskDefinition(request))
                .taskDefinition()
                .taskDefinitionArn();
    }

    /** The size is what a task gets without overrides; every attempt brings its own. */
    RegisterTaskDefinitionRequest task(String image) {
        return RegisterTaskDefinitionRequest.builder()
                .family(family(image))
                .requiresCompatibilities(Compatibility.FARGATE)
                .networkMode(NetworkMode.AWSVPC)
                .cpu("256")
                .memory("512")
                .taskRoleArn(project.taskRole())
                .executionRoleArn(project.executionRole())
                .volumes(volume -> volume.name(VOLUME))
                .containerDefinitions(injector(), main(image))
                .build();
    }

    private ContainerDefinition injector() {
        return ContainerDefinition.builder()
                .name(INJECTOR)
                .image(project.agentImage())
                .essential(false)
                .startTimeout(INJECTOR_SECONDS)
                .mountPoints(mount -> mount.sourceVolume(VOLUME).containerPath(AGENT_FOLDER))
                .build();
    }

    private ContainerDefinition main(String image) {
        return ContainerDefinition.builder()
                .name(MAIN)
                .image(image)
                .essential(true)
                .entryPoint(AGENT)
                .dockerLabels(Map.of(LABEL, digest(image)))
                .stopTimeout(STOP_SECONDS)
                .environment(
                        variable -> variable.name(STOP_VARIABLE).value(Integer.toString(STOP_SECONDS)),
                        variable -> variable.name(BUCKET_VARIABLE).value(bucket))
                .dependsOn(on -> on.containerName(INJECTOR).condition(ContainerCondition.SUCCESS))
                .mountPoints(mount -> mount.sourceVolume(VOLUME).containerPath(AGENT_FOLDER))
                .logConfiguration(
                        region.map(name -> software.amazon.awssdk.services.ecs.model.LogConfiguration.builder()
                                        .logDriver(LOG_DRIVER)
                                        .options(logs.ofTasks(name))
                                        .build())
                                .orElse(null))
                .build();
    }

    /** Returns the ARN of the job definition of an image, if there is one. */
    Optional<String> findJob(String image) {
        String digest = digest(image);
        DescribeJobDefinitionsRequest active = DescribeJobDefinitionsRequest.builder()
                .jobDefinitionName(family(image))
                .status("ACTIVE")
                .maxResults(LOOKED_THROUGH)
                .build();
        return calls.again(() -> clients.batch().describeJobDefinitions(active)).jobDefinitions().stream()
                .filter(definition -> digest.equals(definition.parameters().get(PARAMETER)))
                .findFirst()
                .map(JobDefinition::jobDefinitionArn);
    }

    private String registerJob(String image) {
        RegisterJobDefinitionRequest request = job(image);
        return calls.registering(() -> clients.batch().registerJobDefinition(request))
                .jobDefinitionArn();
    }

    /** The launch template of the machines puts the agent on their disk. */
    RegisterJobDefinitionRequest job(String image) {
        return RegisterJobDefinitionRequest.builder()
                .jobDefinitionName(family(image))
                .type(JobDefinitionType.CONTAINER)
                .platformCapabilities(PlatformCapability.EC2)
                .parameters(Map.of(PARAMETER, digest(image)))
                .containerProperties(container -> container
                        .image(image)
                        .command(AGENT)
                        .jobRoleArn(project.taskRole())
                        .executionRoleArn(project.executionRole())
                        .environment(variable -> variable.name(BUCKET_VARIABLE).value(bucket))
                        .resourceRequirements(
                                need -> need.type(ResourceType.VCPU).value("1"),
                                need -> need.type(ResourceType.MEMORY).value("2048"))
                        .logConfiguration(region.map(name -> LogConfiguration.builder()
                                        .logDriver(LOG_DRIVER)
                                        .options(logs.ofJobs(name))
                                        .build())
                                .orElse(null))
                        .volumes(volume -> volume.name(VOLUME).host(host -> host.sourcePath(AGENT_FOLDER)))
                        .mountPoints(mount -> mount.sourceVolume(VOLUME)
                                .containerPath(AGENT_FOLDER)
                                .readOnly(true)))
                .build();
    }

    private ItemKey lease(String image) {
        return ItemKey.definitionLease(project.name(), family(image));
    }

    private String digest(String image) {
        return Json.digest(List.of(
                project.taskRole(),
                project.executionRole(),
                project.agentImage(),
                image,
                AGENT,
                STOP_VARIABLE + STOP_SECONDS,
                BUCKET_VARIABLE + bucket,
                region.map(name -> List.of(logs.ofTasks(name), logs.ofJobs(name)))
                        .orElse(List.of())));
    }

    /** Returns the family of an image: that of its repository, whatever its tag or digest. */
    String family(String image) {
        String repository = repository(image);
        String last = repository.substring(repository.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
        String slug = last.replaceAll("[^a-z0-9]+", "-");
        return prefix
                + slug.substring(0, Math.min(slug.length(), LONGEST_SLUG))
                + "-"
                + Json.digest(repository).substring(0, REPOSITORY_DIGEST);
    }

    private static String repository(String image) {
        String untagged = image.contains("@") ? image.substring(0, image.indexOf('@')) : image;
        int colon = untagged.lastIndexOf(':');
        return colon > untagged.lastIndexOf('/') ? untagged.substring(0, colon) : untagged;
    }
}
