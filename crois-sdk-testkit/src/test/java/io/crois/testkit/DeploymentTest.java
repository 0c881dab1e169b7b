package io.crois.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crois.Crois;
import io.crois.contract.Deployment;
import io.crois.execution.AwsClients;
import io.crois.execution.DeploymentPlan;
import io.crois.execution.Execution;
import io.crois.execution.MachineSettings;
import io.crois.testkit.aws.InMemoryAws;
import io.crois.workflow.Arguments;
import io.crois.workflow.Backend;
import io.crois.workflow.CroisException;
import io.crois.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.batch.BatchClient;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.EcsException;
import software.amazon.awssdk.services.ecs.model.KeyValuePair;
import software.amazon.awssdk.services.sfn.model.LogLevel;

final class DeploymentTest {
    private final CroisTestkit testkit = CroisTestkit.create();
    private final InMemoryAws aws = testkit.aws();
    private final AtomicInteger taskRegistrations = new AtomicInteger();
    private final AtomicInteger jobRegistrations = new AtomicInteger();

    @Test
    void a_hundred_deployments_from_eight_threads_register_once_and_publish_once() throws Exception {
        List<Crois> doors = List.of(door(counted()).build(), door(counted()).build());
        Workflow workflow = Workflow.builder()
                .name("training")
                .step("train", s -> s.image("demo/train:1").backend(Backend.FARGATE))
                .step("fit", s -> s.image("demo/train:1").backend(Backend.BATCH))
                .build();
        ExecutorService threads = Executors.newFixedThreadPool(8);
        List<Future<Deployment>> deployments = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            Crois door = doors.get(i % 2);
            deployments.add(threads.submit(() -> door.deploy(workflow)));
        }
        List<String> versions = new ArrayList<>();
        for (Future<Deployment> deployment : deployments) {
            versions.add(deployment.get().stateMachineArn());
        }
        threads.shutdown();

        assertThat(versions).hasSize(100).containsOnly(versions.get(0));
        assertThat(versionsOf(versions.get(0))).hasSize(1);
        assertThat(taskRegistrations).hasValue(1);
        assertThat(jobRegistrations).hasValue(1);
    }

    @Test
    void fifty_modules_deploy_within_the_register_rate() {
        ServiceBucket bucket = new ServiceBucket();
        EcsClient metered = InterceptedClient.of(EcsClient.class, aws.ecs(), (operation, call) -> {
            if (operation.equals("registerTaskDefinition")) {
                bucket.take();
            }
            return call.get();
        });
        Workflow.Builder workflow = Workflow.builder().name("fifty");
        for (int i = 0; i < 50; i++) {
            String image = "demo/module-" + i + ":1";
            workflow.step("step" + i, s -> s.image(image).backend(Backend.FARGATE));
        }

        Instant before = testkit.loop().now();
        door(clients(metered, aws.batch())).build().deploy(workflow.build());

        assertThat(bucket.refused).isZero();
        assertThat(bucket.taken).isEqualTo(50);
        assertThat(Duration.between(before, testkit.loop().now())).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void what_others_take_of_the_register_rate_reaches_no_caller() {
        ServiceBucket bucket = new ServiceBucket();
        bucket.taken = 20;
        EcsClient metered = InterceptedClient.of(EcsClient.class, aws.ecs(), (operation, call) -> {
            if (operation.equals("registerTaskDefinition")) {
                bucket.take();
            }
            return call.get();
        });

        door(clients(metered, aws.batch())).build().deploy(training("demo/train:1"));

        assertThat(bucket.refused).isPositive();
        assertThat(aws.ecs().listTaskDefinitions().taskDefinitionArns()).hasSize(1);
    }

    @Test
    void a_module_has_one_family_and_a_revision_for_each_image() {
        testkit.crois().deploy(training("registry.example.org:5000/demo/train:1"));
        testkit.crois().deploy(training("registry.example.org:5000/demo/train:2"));
        testkit.crois().deploy(training("registry.example.org:5000/demo/train:1"));

        assertThat(aws.ecs().listTaskDefinitions().taskDefinitionArns())
                .hasSize(2)
                .allMatch(arn -> arn.contains("task-definition/crois-test-train-"))
                .extracting(arn -> arn.substring(0, arn.lastIndexOf(':')))
                .containsOnly(aws.ecs()
                        .listTaskDefinitions()
                        .taskDefinitionArns()
                        .get(0)
                        .replaceAll(":\\d+$", ""));
    }

    @Test
    void a_container_is_told_the_bucket_of_what_is_too_large_for_the_table() {
        testkit.crois().deploy(training("demo/train:1"));

        String arn = aws.ecs().listTaskDefinitions().taskDefinitionArns().get(0);
        assertThat(aws.ecs()
                        .describeTaskDefinition(request -> request.taskDefinition(arn))
                        .taskDefinition()
                        .containerDefinitions())
                .filteredOn(container -> container.name().equals("main"))
                .flatExtracting(ContainerDefinition::environment)
                .contains(KeyValuePair.builder()
                        .name("CROIS_BUCKET")
                        .value("crois")
                        .build());
    }

    @Test
    void a_version_that_was_deployed_before_is_not_published_again() {
        Deployment first = testkit.crois().deploy(training("demo/train:1"));
        Deployment second = testkit.crois().deploy(training("demo/train:2"));
        Deployment again = door(counted()).build().deploy(training("demo/train:1"));

        assertThat(again.version()).isEqualTo(first.version()).isEqualTo(1);
        assertThat(second.version()).isEqualTo(2);
        assertThat(alias(first)).isEqualTo(first.stateMachineArn());
        assertThat(taskRegistrations).hasValue(0);
    }

    @Test
    void what_a_killed_deployer_left_is_taken_over() {
        Workflow workflow = training("demo/train:1");
        EcsClient ecs = aws.ecs();
        AtomicInteger writes = new AtomicInteger();
        var dying = InterceptedClient.of(
                software.amazon.awssdk.services.dynamodb.DynamoDbClient.class, aws.dynamoDb(), (operation, call) -> {
                    boolean afterPublishing =
                            !aws.sfn().listStateMachines().stateMachines().isEmpty();
                    if (operation.equals("putItem") && afterPublishing) {
                        writes.incrementAndGet();
                        throw new IllegalStateException("killed");
                    }
                    return call.get();
                });
        Crois killed = door(new AwsClients(aws.sfn(), dying, aws.s3(), ecs, aws.batch()))
                .build();
        assertThatThrownBy(() -> killed.deploy(workflow)).hasMessageContaining("killed");
        assertThat(writes.get()).isPositive();

        Deployment deployment = testkit.crois().deploy(workflow);

        assertThat(deployment.version()).isEqualTo(1);
        assertThat(versionsOf(deployment.stateMachineArn())).hasSize(1);
        assertThat(ecs.listTaskDefinitions().taskDefinitionArns()).hasSize(1);
    }

    @Test
    void a_rollback_moves_the_alias_and_a_deployment_moves_it_forward() {
        Deployment first = testkit.crois().deploy(training("demo/train:1"));
        Deployment second = testkit.crois().deploy(training("demo/train:2"));
        assertThat(alias(second)).isEqualTo(second.stateMachineArn());

        Deployment back = testkit.crois().rollback("training", 1);

        assertThat(back).isEqualTo(first);
        assertThat(alias(first)).isEqualTo(first.stateMachineArn());
        assertThat(testkit.crois().deployments("training")).containsExactly(second, first);
        testkit.crois().deploy(training("demo/train:2"));
        assertThat(alias(first)).isEqualTo(second.stateMachineArn());
    }

    @Test
    void a_rollback_to_what_was_never_deployed_names_what_was() {
        testkit.crois().deploy(training("demo/train:1"));

        assertThatThrownBy(() -> testkit.crois().rollback("training", 7))
                .isInstanceOf(CroisException.class)
                .hasMessage("Workflow `training` of project `test` has no deployed version 7. There are 1.");
        assertThatThrownBy(() -> testkit.crois().rollback("trainign", 1))
                .hasMessageEndingWith("It was never deployed.");
    }

    @Test
    void logs_traces_and_encryption_are_those_of_the_door_and_make_a_new_version() {
        Deployment plain = testkit.crois().deploy(training("demo/train:1"));
        String group = "arn:aws:logs:us-east-1:111111111111:log-group:flows";
        String key = "arn:aws:kms:us-east-1:111111111111:key/11111111-2222-3333-4444-555555555555";

        Deployment logged = door(counted())
                .machines(MachineSettings.plain()
                        .loggedTo(group, LogLevel.ERROR)
                        .withTracing()
                        .encryptedWith(key))
                .build()
                .deploy(training("demo/train:1"));

        assertThat(logged.version()).isEqualTo(plain.version() + 1);
        var machine = aws.sfn().describeStateMachine(request -> request.stateMachineArn(logged.stateMachineArn()));
        assertThat(machine.loggingConfiguration().levelAsString()).isEqualTo("ERROR");
        assertThat(machine.loggingConfiguration()
                        .destinations()
                        .get(0)
                        .cloudWatchLogsLogGroup()
                        .logGroupArn())
                .isEqualTo(group + ":*");
        assertThat(machine.tracingConfiguration().enabled()).isTrue();
        assertThat(machine.encryptionConfiguration().kmsKeyId()).isEqualTo(key);
        assertThatThrownBy(() -> new MachineSettings(null, LogLevel.OFF, false, false, key, Duration.ofSeconds(5)))
                .hasMessage("A data key is reused for 5 seconds, but Step Functions takes 60 to 900 seconds.");
    }

    @Test
    void a_plan_tells_a_person_what_a_deployment_would_change() {
        Workflow before = training("demo/train:1");
        assertThat(testkit.crois().plan(before).toString())
                .contains("a new version of its state machine is published", "+ step train", "image: demo/train:1")
                .contains("register a task definition of demo/train:1 in family crois-test-train-");
        assertThat(aws.sfn().listStateMachines().stateMachines()).isEmpty();
        Execution running = testkit.crois().submit(before, Arguments.none());
        Workflow after = Workflow.builder()
                .name("training")
                .step("train", s -> s.image("demo/train:2").command("train"))
                .step("check", s -> s.image("demo/check:1"))
                .build();

        DeploymentPlan plan = testkit.crois().plan(after);

        assertThat(plan.isDeployed()).isFalse();
        assertThat(plan.toString())
                .contains("~ step train", "image: demo/train:1 → demo/train:2", "+ step check", "+ state check")
                .contains("Warning: 1 executions run and 0 can be redriven.");
        assertThat(plan.registrations()).hasSize(2);
        assertThat(testkit.crois().plan(before).isEmpty()).isTrue();
        assertThat(testkit.crois().plan(before).changes()).isEmpty();
        testkit.await(running);
    }

    private static Workflow training(String image) {
        return Workflow.builder()
                .name("training")
                .step("train", s -> s.image(image).command("train"))
                .build();
    }

    private List<?> versionsOf(String version) {
        String machine = version.replaceAll(":\\d+$", "");
        return aws.sfn()
                .listStateMachineVersions(request -> request.stateMachineArn(machine))
                .stateMachineVersions();
    }

    private String alias(Deployment deployment) {
        String machine = deployment.stateMachineArn().replaceAll(":\\d+$", "");
        return aws.sfn()
                .describeStateMachineAlias(request -> request.stateMachineAliasArn(machine + ":live"))
                .routingConfiguration()
                .get(0)
                .stateMachineVersionArn();
    }

    private AwsClients counted() {
        EcsClient ecs = InterceptedClient.of(EcsClient.class, aws.ecs(), (operation, call) -> {
            if (operation.equals("registerTaskDefinition")) {
                taskRegistrations.incrementAndGet();
            }
            return call.get();
        });
        BatchClient batch = InterceptedClient.of(BatchClient.class, aws.batch(), (operation, call) -> {
            if (operation.equals("registerJobDefinition")) {
                jobRegistrations.incrementAndGet();
            }
            return call.get();
        });
        return clients(ecs, batch);
    }

    private AwsClients clients(EcsClient ecs, BatchClient batch) {
        return new AwsClients(aws.sfn(), aws.dynamoDb(), aws.s3(), ecs, batch);
    }

    private Crois.Builder door(AwsClients clients) {
        return Crois.builder()
                .project(Platform.project(aws, "test", "test"))
                .clients(clients)
                .clock(testkit.loop().clock())
                .pacing(new VirtualPacing(testkit.loop()));
    }

    /** The token bucket that Amazon ECS documents for RegisterTaskDefinition: 20, and 1 a second. */
    private final class ServiceBucket {
        private final Instant start = testkit.loop().now();
        private int taken;
        private int refused;

        void take() {
            long filled = 20 + Duration.between(start, testkit.loop().now()).toSeconds();
            if (taken >= filled) {
                refused++;
                throw EcsException.builder()
                        .statusCode(400)
                        .awsErrorDetails(AwsErrorDetails.builder()
                                .errorCode("ThrottlingException")
                                .errorMessage("Rate exceeded")
                                .build())
                        .build();
            }
            taken++;
        }
    }
}
