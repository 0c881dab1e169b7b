package io.crois.testkit.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crois.testkit.aws.internal.ecs.TaskHost;
import io.crois.testkit.container.ContainerScript;
import io.crois.testkit.container.ScriptedContainers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.ClientException;
import software.amazon.awssdk.services.ecs.model.ClusterNotFoundException;
import software.amazon.awssdk.services.ecs.model.Compatibility;
import software.amazon.awssdk.services.ecs.model.Container;
import software.amazon.awssdk.services.ecs.model.ContainerCondition;
import software.amazon.awssdk.services.ecs.model.InvalidParameterException;
import software.amazon.awssdk.services.ecs.model.NetworkMode;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.RunTaskRequest;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.ecs.model.TaskStopCode;

/** Holds Amazon ECS in memory to what the documentation says of tasks on Fargate. */
final class InMemoryEcsTest {

    private static final String ARN = "arn:aws:ecs:us-east-1:111111111111:";

    private final Platform platform = new Platform();
    private final ScriptedContainers containers = ScriptedContainers.create(platform.containers);
    private final List<Task> changes = new ArrayList<>();
    private final TaskHost host =
            new TaskHost(platform.loop, containers, changes::add, Platform.REGION, Platform.ACCOUNT, new Random(7));
    private final EcsClient ecs = InMemoryEcs.of(host, "us-east-1");

    @BeforeEach
    void createCluster() {
        ecs.createCluster(request -> request.clusterName("crois"));
    }

    private static Consumer<RegisterTaskDefinitionRequest.Builder> definition(String cpu, String memory) {
        return request -> request.family("train")
                .requiresCompatibilities(Compatibility.FARGATE)
                .networkMode(NetworkMode.AWSVPC)
                .cpu(cpu)
                .memory(memory)
                .containerDefinitions(
                        container -> container
                                .name("crois-injector")
                                .image("crois/agent:1")
                                .essential(false),
                        container -> container
                                .name("main")
                                .image("demo/train:1")
                                .entryPoint("/crois/agent")
                                .dependsOn(on ->
                                        on.containerName("crois-injector").condition(ContainerCondition.SUCCESS)));
    }

    private Task run(Consumer<RunTaskRequest.Builder> more) {
        return ecs.runTask(request -> {
                    request.cluster("crois")
                            .taskDefinition("train")
                            .networkConfiguration(
                                    network -> network.awsvpcConfiguration(vpc -> vpc.subnets("subnet-1")));
                    more.accept(request);
                })
                .tasks()
                .get(0);
    }

    private Task runStep(int attempt) {
        ecs.registerTaskDefinition(definition("256", "512"));
        String order = platform.order("", "train", attempt);
        return run(request -> request.overrides(overrides -> overrides.containerOverrides(container -> container
                .name("main")
                .environment(variable -> variable.name("CROIS_ORDER").value(order)))));
    }

    private Task described(Task task) {
        return ecs.describeTasks(request -> request.cluster("crois").tasks(task.taskArn()))
                .tasks()
                .get(0);
    }

    private static Container main(Task task) {
        return task.containers().stream()
                .filter(container -> container.name().equals("main"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void a_task_passes_through_its_states_and_each_is_told_with_a_higher_version() {
        containers.step(
                "train",
                ContainerScript.succeeds().queuedFor(Duration.ofMinutes(2)).takes(Duration.ofHours(3)));

        Task task = runStep(1);
        platform.loop.runUntilIdle();

        assertThat(task.lastStatus()).isEqualTo("PROVISIONING");
        assertThat(changes)
                .extracting(Task::lastStatus)
                .containsExactly("PROVISIONING", "PENDING", "RUNNING", "DEPROVISIONING", "STOPPED");
        assertThat(changes).extracting(Task::version).containsExactly(1L, 2L, 3L, 4L, 5L);
        Task end = described(task);
        assertThat(end.stopCode()).isEqualTo(TaskStopCode.ESSENTIAL_CONTAINER_EXITED);
        assertThat(end.stoppedReason()).isEqualTo("Essential container in task exited");
        assertThat(end.containers()).extracting(Container::exitCode).containsExactly(0, 0);
        assertThat(Duration.between(end.createdAt(), end.pullStartedAt())).isEqualTo(Duration.ofMinutes(2));
        assertThat(Duration.between(end.startedAt(), end.stoppedAt())).isEqualTo(Duration.ofHours(3));
        assertThat(platform.report("", "train", 1).exitCode()).isZero();
    }

    @Test
    void the_exit_code_of_the_command_becomes_that_of_the_container() {
        containers.step("train", ContainerScript.exits(3));

        Task task = runStep(1);
        platform.loop.runUntilIdle();

        assertThat(main(described(task)).exitCode()).isEqualTo(3);
        assertThat(platform.report("", "train", 1).exitCode()).isEqualTo(3);
    }

    @Test
    void a_container_without_memory_is_killed_and_its_agent_reports_nothing() {
        containers.step("train", ContainerScript.runsOutOfMemory());

        Task task = runStep(1);
        platform.loop.runUntilIdle();

        assertThat(main(described(task)).exitCode()).isEqualTo(137);
        assertThat(main(described(task)).reason()).startsWith("OutOfMemoryError");
        assertThat(platform.hasReport("", "train", 1)).isFalse();
    }

    @Test
    void spot_capacity_that_is_taken_back_stops_the_first_attempt_only() {
        containers.step("train", 1, ContainerScript.isReclaimed());

        Task first = runStep(1);
        Task second = runStep(2);
        platform.loop.runUntilIdle();

        assertThat(described(first).stopCode()).isEqualTo(TaskStopCode.SPOT_INTERRUPTION);
        assertThat(main(described(first)).exitCode()).isEqualTo(143);
        assertThat(main(described(second)).exitCode()).isZero();
    }

    @Test
    void an_image_that_cannot_be_pulled_leaves_no_exit_code() {
        containers.image("demo/train:1", ContainerScript.cannotBePulled());

        Task task = runStep(1);
        platform.loop.runUntilIdle();

        Task end = described(task);
        assertThat(end.stopCode()).isEqualTo(TaskStopCode.TASK_FAILED_TO_START);
        assertThat(end.stoppedReason()).startsWith("CannotPullContainerError: ");
        assertThat(main(end).exitCode()).isNull();
        assertThat(changes).extracting(Task::lastStatus).containsExactly("PROVISIONING", "PENDING", "STOPPED");
    }

    @Test
    void a_task_that_never_finds_room_can_be_stopped() {
        containers.otherwise(ContainerScript.neverStarts());
        Task task = runStep(1);
        platform.loop.advance(Duration.ofDays(1));

        ecs.stopTask(request -> request.cluster("crois").task(task.taskArn()).reason("Nobody waits."));
        platform.loop.runUntilIdle();

        Task end = described(task);
        assertThat(end.lastStatus()).isEqualTo("STOPPED");
        assertThat(end.stopCode()).isEqualTo(TaskStopCode.USER_INITIATED);
        assertThat(end.stoppedReason()).isEqualTo("Nobody waits.");
        assertThat(main(end).exitCode()).isNull();
    }

    @Test
    void a_running_task_that_is_stopped_lets_its_agent_report() {
        containers.otherwise(ContainerScript.succeeds().takes(Duration.ofHours(1)));
        Task task = runStep(1);
        platform.loop.advance(Duration.ofMinutes(30));

        Task stopping = ecs.stopTask(request -> request.cluster("crois").task(task.taskArn()))
                .task();
        platform.loop.runUntilIdle();

        assertThat(stopping.lastStatus()).isEqualTo("STOPPING");
        assertThat(main(described(task)).exitCode()).isEqualTo(143);
        assertThat(platform.report("", "train", 1).failure().message()).contains("stopped from outside");
        assertThat(platform.loop.now()).isBefore(task.createdAt().plus(Duration.ofMinutes(31)));
    }

    @Test
    void those_who_wait_for_the_end_are_told_also_when_it_was_before() {
        List<String> told = new ArrayList<>();
        Task task = runStep(1);
        host.await(task.taskArn(), end -> told.add("early " + end.lastStatus()));
        platform.loop.runUntilIdle();

        host.await(task.taskArn(), end -> told.add("late " + end.lastStatus()));
        platform.loop.runUntilIdle();

        assertThat(told).containsExactly("early STOPPED", "late STOPPED");
    }

    @Test
    void tasks_that_stopped_more_than_an_hour_ago_are_forgotten() {
        Task task = runStep(1);
        platform.loop.runUntilIdle();
        platform.loop.advance(Duration.ofMinutes(61));

        runStep(2);

        assertThat(ecs.describeTasks(request -> request.cluster("crois").tasks(task.taskArn()))
                        .failures())
                .singleElement()
                .satisfies(failure -> assertThat(failure.reason()).isEqualTo("MISSING"));
    }

    @Test
    void the_same_client_token_runs_nothing_twice() {
        ecs.registerTaskDefinition(definition("256", "512"));

        Task first = run(request -> request.clientToken("once"));
        Task second = run(request -> request.clientToken("once"));

        assertThat(second.taskArn()).isEqualTo(first.taskArn());
        assertThat(ecs.listTasks(request -> request.cluster("crois")).taskArns())
                .containsExactly(first.taskArn());
    }

    @Test
    void definitions_are_numbered_and_the_latest_active_one_is_found_by_its_family() {
        ecs.registerTaskDefinition(definition("256", "512"));
        ecs.registerTaskDefinition(definition("512", "1024"));

        ecs.deregisterTaskDefinition(request -> request.taskDefinition("train:2"));

        assertThat(ecs.describeTaskDefinition(request -> request.taskDefinition("train"))
                        .taskDefinition()
                        .taskDefinitionArn())
                .isEqualTo(ARN + "task-definition/train:1");
        assertThat(ecs.listTaskDefinitions().taskDefinitionArns()).containsExactly(ARN + "task-definition/train:1");
        assertThatThrownBy(() -> run(request -> request.taskDefinition("train:2")))
                .isInstanceOf(ClientException.class)
                .hasMessageContaining("TaskDefinition is inactive");
    }

    @ParameterizedTest
    @CsvSource({"256, 4096", "1024, 1024", "8192, 17408", "32768, 131072", "100, 512"})
    void a_size_that_fargate_does_not_offer_is_refused(String cpu, String memory) {
        assertThatThrownBy(() -> ecs.registerTaskDefinition(definition(cpu, memory)))
                .isInstanceOf(ClientException.class)
                .hasMessageContaining("No Fargate configuration exists for given values: " + cpu + " CPU, " + memory);
    }

    @ParameterizedTest
    @CsvSource({"256, 512", "1 vCPU, 2 GB", "4096, 30720", "16384, 122880", "32768, 249856"})
    void a_size_that_fargate_offers_is_taken(String cpu, String memory) {
        assertThat(ecs.registerTaskDefinition(definition(cpu, memory))
                        .taskDefinition()
                        .revision())
                .isEqualTo(1);
    }

    @Test
    void overrides_of_more_than_8192_characters_are_refused() {
        ecs.registerTaskDefinition(definition("256", "512"));

        assertThatThrownBy(() -> run(request -> request.overrides(overrides -> overrides.containerOverrides(
                        container -> container.name("main").command("x".repeat(8_192))))))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageContaining("Container Overrides length must be at most 8192.");
    }

    @Test
    void an_override_of_a_container_that_is_not_there_is_refused() {
        ecs.registerTaskDefinition(definition("256", "512"));

        assertThatThrownBy(() -> run(request -> request.overrides(
                        overrides -> overrides.containerOverrides(container -> container.name("mian")))))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageContaining("Override for container named mian is not a container in the TaskDefinition.");
    }

    @Test
    void launch_type_and_capacity_providers_exclude_each_other() {
        ecs.registerTaskDefinition(definition("256", "512"));

        assertThatThrownBy(() -> run(request -> request.launchType("FARGATE")
                        .capacityProviderStrategy(strategy -> strategy.capacityProvider("FARGATE_SPOT"))))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageContaining("both a launch type and capacity provider strategy");
    }

    @Test
    void a_container_cannot_wait_for_the_end_of_an_essential_one() {
        assertThatThrownBy(() -> ecs.registerTaskDefinition(request -> request.family("train")
                        .containerDefinitions(
                                container -> container.name("first").image("demo/first:1"),
                                container -> container
                                        .name("main")
                                        .image("demo/train:1")
                                        .dependsOn(on ->
                                                on.containerName("first").condition(ContainerCondition.SUCCESS)))))
                .isInstanceOf(ClientException.class)
                .hasMessageContaining("essential container: first");
    }

    @Test
    void a_cluster_that_is_not_there_is_named_as_such() {
        ecs.registerTaskDefinition(definition("256", "512"));

        assertThatThrownBy(() -> run(request -> request.cluster("other")))
                .isInstanceOf(ClusterNotFoundException.class)
                .hasMessageContaining("Cluster not found.");
    }

    @Test
    void what_is_not_in_memory_says_so() {
        assertThatThrownBy(() -> ecs.createService(request -> request.serviceName("web")))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessage("EcsClient.createService is not in memory.");
    }
}
