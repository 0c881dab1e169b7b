package io.crois.testkit.running;

import static io.crois.testkit.running.RunningWorld.training;
import static org.assertj.core.api.Assertions.assertThat;

import io.crois.contract.Deployment;
import io.crois.contract.Json;
import io.crois.execution.DeploymentPlan;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.batch.model.JobDefinition;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;
import software.amazon.awssdk.services.sfn.model.DescribeStateMachineResponse;

/** Workflows are deployed, wherever Step Functions, Amazon ECS, AWS Batch and DynamoDB come from. */
abstract class DeploymentContract {
    private RunningWorld world;

    /** Returns an account without state machines and definitions. */
    abstract RunningWorld world();

    @BeforeEach
    void start() {
        world = world();
    }

    @Test
    void what_a_workflow_needs_is_registered_and_created_as_it_was_planned() {
        DeploymentPlan plan = world.crois.plan(training("demo/train:1"));

        Deployment deployment = world.crois.deploy(training("demo/train:1"));

        assertThat(plan.registrations()).hasSize(2);
        TaskDefinition task = world.clients
                .ecs()
                .describeTaskDefinition(request -> request.taskDefinition(tasks().get(0)))
                .taskDefinition();
        assertThat(task.family()).startsWith("crois-demo-train-");
        assertThat(task.taskRoleArn()).endsWith("role/crois/crois-demo-task");
        assertThat(task.containerDefinitions())
                .extracting(ContainerDefinition::image)
                .containsExactlyInAnyOrder("crois/agent:1", "demo/train:1");
        JobDefinition job = jobs().get(0);
        assertThat(job.jobDefinitionName()).isEqualTo(task.family());
        assertThat(job.containerProperties().image()).isEqualTo("demo/train:1");
        assertThat(job.containerProperties().jobRoleArn()).isEqualTo(task.taskRoleArn());
        DescribeStateMachineResponse version = machine(deployment.stateMachineArn());
        assertThat(version.roleArn()).endsWith("role/crois/crois-demo-flow");
        assertThat(version.description()).isEqualTo(deployment.digest());
        assertThat(Json.parse(version.definition())).isEqualTo(Json.parse(deployment.definition()));
        assertThat(live(deployment)).isEqualTo(deployment.stateMachineArn());
    }

    @Test
    void deploying_again_from_another_process_changes_nothing() {
        Deployment first = world.crois.deploy(training("demo/train:1"));

        Deployment again = world.door().deploy(training("demo/train:1"));

        assertThat(again).isEqualTo(first);
        assertThat(tasks()).hasSize(1);
        assertThat(jobs()).hasSize(1);
        assertThat(world.crois.plan(training("demo/train:1")).isEmpty()).isTrue();
    }

    @Test
    void another_image_is_a_revision_and_a_version_that_live_names_until_it_is_rolled_back() {
        Deployment first = world.crois.deploy(training("demo/train:1"));

        Deployment second = world.door().deploy(training("demo/train:2"));
        String afterDeploying = live(second);
        Deployment back = world.door().rollback("training", first.version());

        assertThat(second.version()).isEqualTo(first.version() + 1);
        assertThat(afterDeploying).isEqualTo(second.stateMachineArn());
        assertThat(back).isEqualTo(first);
        assertThat(live(second)).isEqualTo(first.stateMachineArn());
        assertThat(tasks()).hasSize(2);
        assertThat(Stream.of(first, second)
                        .map(one -> machine(one.stateMachineArn()).definition()))
                .doesNotHaveDuplicates();
        assertThat(world.crois.deployments("training")).containsExactly(second, first);
    }

    @Test
    void definitions_that_another_deployer_left_are_found_by_their_content() {
        world.crois.deploy(training("demo/train:1"));
        world.crois.deploy(training("demo/train:2"));
        List<String> tasks = tasks();

        world.door()
                .deploy(io.crois.workflow.Workflow.builder()
                        .name("other")
                        .step("train", s -> s.image("demo/train:1"))
                        .build());

        assertThat(tasks()).hasSameElementsAs(tasks).hasSize(2);
        assertThat(jobs()).hasSize(2);
    }

    private List<String> tasks() {
        return world.clients.ecs().listTaskDefinitions().taskDefinitionArns();
    }

    private List<JobDefinition> jobs() {
        return world.clients
                .batch()
                .describeJobDefinitions(request -> request.status("ACTIVE"))
                .jobDefinitions();
    }

    private DescribeStateMachineResponse machine(String arn) {
        return world.clients.sfn().describeStateMachine(request -> request.stateMachineArn(arn));
    }

    private String live(Deployment deployment) {
        String machine = deployment.stateMachineArn().replaceAll(":\\d+$", "");
        return world.clients
                .sfn()
                .describeStateMachineAlias(request -> request.stateMachineAliasArn(machine + ":live"))
                .routingConfiguration()
                .get(0)
                .stateMachineVersionArn();
    }
}
