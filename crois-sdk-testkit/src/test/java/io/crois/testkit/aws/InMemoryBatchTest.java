package io.crois.testkit.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crois.testkit.aws.internal.batch.JobHost;
import io.crois.testkit.container.ContainerScript;
import io.crois.testkit.container.ScriptedContainers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.batch.BatchClient;
import software.amazon.awssdk.services.batch.model.AttemptDetail;
import software.amazon.awssdk.services.batch.model.ClientException;
import software.amazon.awssdk.services.batch.model.JobDetail;
import software.amazon.awssdk.services.batch.model.JobStatus;
import software.amazon.awssdk.services.batch.model.JobSummary;
import software.amazon.awssdk.services.batch.model.RegisterJobDefinitionRequest;
import software.amazon.awssdk.services.batch.model.ResourceType;
import software.amazon.awssdk.services.batch.model.RetryAction;
import software.amazon.awssdk.services.batch.model.SubmitJobRequest;

/** Holds AWS Batch in memory to what the documentation says of jobs of one container. */
final class InMemoryBatchTest {

    private final Platform platform = new Platform();
    private final ScriptedContainers containers = ScriptedContainers.create(platform.containers);
    private final List<JobDetail> changes = new ArrayList<>();
    private final JobHost host =
            new JobHost(platform.loop, containers, changes::add, Platform.REGION, Platform.ACCOUNT, new Random(7));
    private final BatchClient batch = InMemoryBatch.of(host);

    @BeforeEach
    void createQueueAndDefinition() {
        batch.createJobQueue(request -> request.jobQueueName("crois-spot").priority(1));
        batch.registerJobDefinition(definition());
    }

    private static Consumer<RegisterJobDefinitionRequest.Builder> definition() {
        return request -> request.jobDefinitionName("train")
                .type("container")
                .containerProperties(container -> container
                        .image("demo/train:1")
                        .command("/crois/agent", "Ref::mode")
                        .resourceRequirements(
                                need -> need.type(ResourceType.VCPU).value("1"),
                                need -> need.type(ResourceType.MEMORY).value("2048")));
    }

    private String submit(Consumer<SubmitJobRequest.Builder> more) {
        String order = platform.order("", "train", 1);
        return batch.submitJob(request -> {
                    request.jobName("train-1")
                            .jobQueue("crois-spot")
                            .jobDefinition("train")
                            .containerOverrides(overrides -> overrides
                                    .environment(variable ->
                                            variable.name("CROIS_ORDER").value(order))
                                    .resourceRequirements(
                                            need -> need.type(ResourceType.VCPU).value("8")));
                    more.accept(request);
                })
                .jobId();
    }

    private JobDetail described(String id) {
        return batch.describeJobs(request -> request.jobs(id)).jobs().get(0);
    }

    @Test
    void a_job_passes_through_its_states() {
        containers.step(
                "train",
                ContainerScript.succeeds().queuedFor(Duration.ofMinutes(5)).takes(Duration.ofHours(2)));

        String id = submit(request -> request.parameters(Map.of("mode", "full")));
        JobStatus first = described(id).status();
        platform.loop.runUntilIdle();

        JobDetail end = described(id);
        assertThat(first).isEqualTo(JobStatus.SUBMITTED);
        assertThat(changes)
                .extracting(JobDetail::status)
                .containsExactly(JobStatus.RUNNABLE, JobStatus.STARTING, JobStatus.RUNNING, JobStatus.SUCCEEDED);
        assertThat(end.container().exitCode()).isZero();
        assertThat(end.container().command()).containsExactly("/crois/agent", "full");
        assertThat(end.container().resourceRequirements())
                .extracting(need -> need.typeAsString() + " " + need.value())
                .containsExactly("VCPU 8", "MEMORY 2048");
        assertThat(Duration.ofMillis(end.stoppedAt() - end.startedAt())).isEqualTo(Duration.ofHours(2));
        assertThat(end.attempts()).hasSize(1);
        assertThat(platform.report("", "train", 1).exitCode()).isZero();
    }

    @Test
    void a_job_whose_container_fails_is_not_retried_unless_it_is_asked_for() {
        containers.step("train", ContainerScript.exits(3));

        String id = submit(request -> {});
        platform.loop.runUntilIdle();

        assertThat(described(id).status()).isEqualTo(JobStatus.FAILED);
        assertThat(described(id).container().exitCode()).isEqualTo(3);
        assertThat(described(id).statusReason()).isEqualTo("Essential container in task exited");
        assertThat(described(id).attempts()).hasSize(1);
    }

    @Test
    void machines_that_are_taken_back_are_told_by_the_status_reason_and_may_be_retried() {
        containers.step("train", ContainerScript.isReclaimed());

        String id = submit(request -> request.retryStrategy(retry -> retry.attempts(3)
                .evaluateOnExit(
                        rule -> rule.onStatusReason("Host EC2*").action(RetryAction.RETRY),
                        rule -> rule.onReason("*").action(RetryAction.EXIT))));
        platform.loop.runUntilIdle();

        assertThat(described(id).status()).isEqualTo(JobStatus.FAILED);
        assertThat(described(id).attempts())
                .hasSize(3)
                .extracting(AttemptDetail::statusReason)
                .allMatch(reason -> reason.startsWith("Host EC2 (instance "));
    }

    @Test
    void the_first_rule_that_matches_decides_and_without_one_the_job_is_retried() {
        containers.step("train", ContainerScript.exits(3));

        String ended = submit(request -> request.retryStrategy(retry -> retry.attempts(2)
                .evaluateOnExit(
                        rule -> rule.onExitCode("3").action(RetryAction.EXIT),
                        rule -> rule.onExitCode("*").action(RetryAction.RETRY))));
        String retried = submit(request -> request.retryStrategy(retry ->
                retry.attempts(2).evaluateOnExit(rule -> rule.onExitCode("4").action(RetryAction.EXIT))));
        platform.loop.runUntilIdle();

        assertThat(described(ended).attempts()).hasSize(1);
        assertThat(described(retried).attempts()).hasSize(2);
    }

    @Test
    void an_attempt_that_takes_too_long_is_stopped_and_not_retried() {
        containers.step("train", ContainerScript.succeeds().takes(Duration.ofHours(2)));

        String id = submit(request -> request.timeout(timeout -> timeout.attemptDurationSeconds(600))
                .retryStrategy(retry -> retry.attempts(3)));
        platform.loop.runUntilIdle();

        JobDetail end = described(id);
        assertThat(end.status()).isEqualTo(JobStatus.FAILED);
        assertThat(end.statusReason()).isEqualTo("Job attempt duration exceeded timeout");
        assertThat(end.attempts()).hasSize(1);
        assertThat(Duration.ofMillis(end.stoppedAt() - end.startedAt())).isEqualTo(Duration.ofMinutes(10));
    }

    @Test
    void an_image_that_cannot_be_pulled_leaves_no_exit_code() {
        containers.step("train", ContainerScript.cannotBePulled());

        String id = submit(request -> {});
        platform.loop.runUntilIdle();

        assertThat(described(id).statusReason()).isEqualTo("Task failed to start");
        assertThat(described(id).container().exitCode()).isNull();
        assertThat(described(id).container().reason()).startsWith("CannotPullContainerError: ");
    }

    @Test
    void a_running_job_can_be_terminated_but_not_cancelled() {
        containers.step("train", ContainerScript.succeeds().takes(Duration.ofHours(2)));
        String id = submit(request -> {});
        platform.loop.advance(Duration.ofMinutes(5));

        batch.cancelJob(request -> request.jobId(id).reason("Cancelled."));
        JobStatus afterCancel = described(id).status();
        batch.terminateJob(request -> request.jobId(id).reason("Nobody waits."));
        platform.loop.runUntilIdle();

        assertThat(afterCancel).isEqualTo(JobStatus.RUNNING);
        assertThat(described(id).status()).isEqualTo(JobStatus.FAILED);
        assertThat(described(id).statusReason()).isEqualTo("Nobody waits.");
        assertThat(described(id).isTerminated()).isTrue();
        assertThat(described(id).container().exitCode()).isEqualTo(143);
    }

    @Test
    void a_job_that_waits_for_a_machine_can_be_cancelled() {
        containers.step("train", ContainerScript.neverStarts());
        String id = submit(request -> {});
        platform.loop.advance(Duration.ofDays(1));

        batch.cancelJob(request -> request.jobId(id).reason("Cancelled."));
        platform.loop.runUntilIdle();

        assertThat(described(id).status()).isEqualTo(JobStatus.FAILED);
        assertThat(described(id).isCancelled()).isTrue();
        assertThat(described(id).statusReason()).isEqualTo("Cancelled.");
    }

    @Test
    void those_who_wait_for_the_end_are_told_also_when_it_was_before() {
        List<String> told = new ArrayList<>();
        String id = submit(request -> {});
        host.await(id, end -> told.add("early " + end.status()));
        platform.loop.runUntilIdle();

        host.await(id, end -> told.add("late " + end.status()));
        platform.loop.runUntilIdle();

        assertThat(told).containsExactly("early SUCCEEDED", "late SUCCEEDED");
    }

    @Test
    void jobs_are_listed_by_queue_and_status() {
        String id = submit(request -> {});
        platform.loop.runUntilIdle();

        assertThat(batch.listJobs(request -> request.jobQueue("crois-spot").jobStatus("SUCCEEDED"))
                        .jobSummaryList())
                .extracting(JobSummary::jobId)
                .containsExactly(id);
        assertThat(batch.listJobs(request -> request.jobQueue("crois-spot")).jobSummaryList())
                .isEmpty();
    }

    @Test
    void definitions_are_numbered_and_the_latest_active_one_is_found_by_its_name() {
        batch.registerJobDefinition(definition());

        batch.deregisterJobDefinition(request -> request.jobDefinition("train:2"));

        assertThat(batch.describeJobDefinitions(
                                request -> request.jobDefinitionName("train").status("ACTIVE"))
                        .jobDefinitions())
                .singleElement()
                .satisfies(definition -> assertThat(definition.jobDefinitionArn())
                        .isEqualTo("arn:aws:batch:us-east-1:111111111111:job-definition/train:1"));
        assertThatThrownBy(() -> submit(request -> request.jobDefinition("train:2")))
                .isInstanceOf(ClientException.class)
                .hasMessageContaining("Job definition train:2 does not exist.");
    }

    @Test
    void what_the_service_does_not_take_is_refused() {
        assertThatThrownBy(() -> submit(request -> request.jobName("-train")))
                .isInstanceOf(ClientException.class)
                .hasMessageContaining("Job name");
        assertThatThrownBy(() -> submit(request -> request.jobQueue("other")))
                .isInstanceOf(ClientException.class)
                .hasMessageContaining("JobQueue other does not exist.");
        assertThatThrownBy(() -> submit(request -> request.timeout(timeout -> timeout.attemptDurationSeconds(59))))
                .isInstanceOf(ClientException.class)
                .hasMessageContaining("at least 60");
        assertThatThrownBy(() -> submit(request -> request.retryStrategy(retry -> retry.attempts(11))))
                .isInstanceOf(ClientException.class)
                .hasMessageContaining("between 1 and 10");
        assertThatThrownBy(() -> submit(
                        request -> request.containerOverrides(overrides -> overrides.command("x".repeat(30 * 1024)))))
                .isInstanceOf(ClientException.class)
                .hasMessageContaining("30 KiB");
        assertThatThrownBy(() -> submit(request -> request.containerOverrides(overrides -> overrides.environment(
                        variable -> variable.name("AWS_BATCH_JOB_ID").value("mine")))))
                .isInstanceOf(ClientException.class)
                .hasMessageContaining("AWS_BATCH_JOB_ID");
    }

    @Test
    void what_is_not_in_memory_says_so() {
        assertThatThrownBy(() -> submit(request -> request.arrayProperties(array -> array.size(3))))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessage("Array jobs are not in memory.");
        assertThatThrownBy(() -> batch.createComputeEnvironment(request -> request.type("MANAGED")))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessage("BatchClient.createComputeEnvironment is not in memory.");
    }
}
