package io.crois.testkit.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.crois.testkit.policy.Decision;
import io.crois.testkit.time.VirtualEventLoop;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.batch.model.JobDetail;
import software.amazon.awssdk.services.ecs.model.Task;

/**
 * Before a container runs, its image is pulled and its log opened with the execution role, and its own role is taken.
 */
final class ContainerStartPermissionsTest {

    private static final String ROLE = "arn:aws:iam::111111111111:role/";
    private static final String IMAGE = "111111111111.dkr.ecr.us-east-1.amazonaws.com/demo/train:3";
    private static final String ALL = String.join(
            ",",
            allow("ecr:GetAuthorizationToken", "*"),
            allow("ecr:BatchCheckLayerAvailability", "arn:aws:ecr:us-east-1:111111111111:repository/demo/*"),
            allow("ecr:BatchGetImage", "arn:aws:ecr:us-east-1:111111111111:repository/demo/*"),
            allow("ecr:GetDownloadUrlForLayer", "arn:aws:ecr:us-east-1:111111111111:repository/demo/*"),
            allow("logs:CreateLogStream", "arn:aws:logs:us-east-1:111111111111:log-group:/demo:*"),
            allow("logs:PutLogEvents", "arn:aws:logs:us-east-1:111111111111:log-group:/demo:*"));

    private final InMemoryAws aws = InMemoryAws.builder().enforcePermissions().build();

    private static String allow(String action, String resource) {
        return "{\"Effect\":\"Allow\",\"Action\":\"" + action + "\",\"Resource\":\"" + resource + "\"}";
    }

    private static String policy(String statements) {
        return "{\"Version\":\"2012-10-17\",\"Statement\":[" + statements + "]}";
    }

    private static String trust(String service) {
        return policy(
                "{\"Effect\":\"Allow\",\"Principal\":{\"Service\":\"" + service + "\"},\"Action\":\"sts:AssumeRole\"}");
    }

    @BeforeEach
    void definitions_with_roles_and_a_log() {
        for (String role : List.of("starts", "works")) {
            aws.iam()
                    .createRole(
                            create -> create.roleName(role).assumeRolePolicyDocument(trust("ecs-tasks.amazonaws.com")));
        }
        startMay(ALL);
        aws.ecs().createCluster(create -> create.clusterName("demo"));
        aws.ecs()
                .registerTaskDefinition(register -> register.family("train")
                        .taskRoleArn(ROLE + "works")
                        .executionRoleArn(ROLE + "starts")
                        .containerDefinitions(container -> container
                                .name("main")
                                .image(IMAGE)
                                .memory(512)
                                .essential(true)
                                .logConfiguration(log -> log.logDriver("awslogs")
                                        .options(Map.of("awslogs-group", "/demo", "awslogs-stream-prefix", "train")))));
        aws.batch()
                .createJobQueue(
                        create -> create.jobQueueName("demo").priority(1).computeEnvironmentOrder(List.of()));
        aws.batch()
                .registerJobDefinition(register -> register.jobDefinitionName("train")
                        .type("container")
                        .containerProperties(container -> container
                                .image(IMAGE)
                                .jobRoleArn(ROLE + "works")
                                .executionRoleArn(ROLE + "starts")
                                .logConfiguration(
                                        log -> log.logDriver("awslogs").options(Map.of("awslogs-group", "/demo")))
                                .resourceRequirements(
                                        need -> need.type("VCPU").value("1"),
                                        need -> need.type("MEMORY").value("512"))));
    }

    private void startMay(String statements) {
        aws.iam()
                .putRolePolicy(put -> put.roleName("starts").policyName("start").policyDocument(policy(statements)));
    }

    private static String without(String action) {
        return List.of(ALL.split("(?<=}),")).stream()
                .filter(statement -> !statement.contains(action))
                .collect(Collectors.joining(","));
    }

    private Task task() {
        String arn = aws.ecs()
                .runTask(run -> run.cluster("demo").taskDefinition("train"))
                .tasks()
                .get(0)
                .taskArn();
        ((VirtualEventLoop) aws.eventLoop()).advance(Duration.ofMinutes(30));
        return aws.ecs()
                .describeTasks(describe -> describe.cluster("demo").tasks(arn))
                .tasks()
                .get(0);
    }

    private JobDetail job() {
        String id = aws.batch()
                .submitJob(submit -> submit.jobName("train").jobQueue("demo").jobDefinition("train"))
                .jobId();
        ((VirtualEventLoop) aws.eventLoop()).advance(Duration.ofMinutes(30));
        return aws.batch().describeJobs(describe -> describe.jobs(id)).jobs().get(0);
    }

    @Test
    void with_the_rights_of_both_roles_a_task_and_a_job_run() {
        assertThat(task().stopCodeAsString()).isEqualTo("EssentialContainerExited");
        assertThat(job().statusAsString()).isEqualTo("SUCCEEDED");
        assertThat(aws.denials()).extracting(Decision::explanation).isEmpty();
    }

    @Test
    void an_image_is_pulled_with_the_execution_role() {
        for (String action : List.of("ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer", "ecr:BatchCheckLayer")) {
            startMay(without(action));
            assertThat(task().stoppedReason())
                    .startsWith("CannotPullContainerError: ")
                    .contains("assumed-role/starts/", action, "repository/demo/train");
        }
        startMay(without("ecr:GetAuthorizationToken"));
        Task task = task();
        assertThat(task.stopCodeAsString()).isEqualTo("TaskFailedToStart");
        assertThat(task.stoppedReason())
                .contains("unable to retrieve ecr registry auth")
                .contains("starts");
        assertThat(job().statusAsString()).isEqualTo("FAILED");
    }

    @Test
    void a_log_is_opened_with_the_execution_role() {
        startMay(without("logs:CreateLogStream"));

        assertThat(task().stoppedReason())
                .startsWith("ResourceInitializationError: ")
                .contains("logs:CreateLogStream", "log-group:/demo:log-stream:train/main/");
        JobDetail job = job();
        assertThat(job.statusReason()).isEqualTo("Task failed to start");
        assertThat(job.container().reason()).contains("log-stream:train/default/");
    }

    @Test
    void a_role_that_no_longer_trusts_ecs_is_not_taken() {
        for (String role : List.of("starts", "works")) {
            aws.iam()
                    .updateAssumeRolePolicy(update -> update.roleName(role).policyDocument(trust("ec2.amazonaws.com")));
            assertThat(task().stoppedReason()).contains("unable to assume the role '" + ROLE + role + "'");
            assertThat(job().statusAsString()).isEqualTo("FAILED");
            aws.iam()
                    .updateAssumeRolePolicy(
                            update -> update.roleName(role).policyDocument(trust("ecs-tasks.amazonaws.com")));
        }
    }
}
