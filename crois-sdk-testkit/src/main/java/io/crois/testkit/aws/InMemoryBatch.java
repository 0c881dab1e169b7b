package io.crois.testkit.aws;

import io.crois.testkit.aws.internal.batch.JobHost;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.batch.BatchClient;
import software.amazon.awssdk.services.batch.model.CancelJobRequest;
import software.amazon.awssdk.services.batch.model.CancelJobResponse;
import software.amazon.awssdk.services.batch.model.ContainerSummary;
import software.amazon.awssdk.services.batch.model.CreateJobQueueRequest;
import software.amazon.awssdk.services.batch.model.CreateJobQueueResponse;
import software.amazon.awssdk.services.batch.model.DeregisterJobDefinitionRequest;
import software.amazon.awssdk.services.batch.model.DeregisterJobDefinitionResponse;
import software.amazon.awssdk.services.batch.model.DescribeJobDefinitionsRequest;
import software.amazon.awssdk.services.batch.model.DescribeJobDefinitionsResponse;
import software.amazon.awssdk.services.batch.model.DescribeJobQueuesRequest;
import software.amazon.awssdk.services.batch.model.DescribeJobQueuesResponse;
import software.amazon.awssdk.services.batch.model.DescribeJobsRequest;
import software.amazon.awssdk.services.batch.model.DescribeJobsResponse;
import software.amazon.awssdk.services.batch.model.JQState;
import software.amazon.awssdk.services.batch.model.JobDefinition;
import software.amazon.awssdk.services.batch.model.JobDetail;
import software.amazon.awssdk.services.batch.model.JobQueueDetail;
import software.amazon.awssdk.services.batch.model.JobStatus;
import software.amazon.awssdk.services.batch.model.JobSummary;
import software.amazon.awssdk.services.batch.model.ListJobsRequest;
import software.amazon.awssdk.services.batch.model.ListJobsResponse;
import software.amazon.awssdk.services.batch.model.RegisterJobDefinitionRequest;
import software.amazon.awssdk.services.batch.model.RegisterJobDefinitionResponse;
import software.amazon.awssdk.services.batch.model.SubmitJobRequest;
import software.amazon.awssdk.services.batch.model.SubmitJobResponse;
import software.amazon.awssdk.services.batch.model.TerminateJobRequest;
import software.amazon.awssdk.services.batch.model.TerminateJobResponse;

/**
 * AWS Batch: queues, job definitions, and jobs of one container with retries and timeouts. Safe for use by several
 * threads.
 *
 * <p>Every queue has machines enough. Lists come in one page. Not in memory: array jobs, dependencies, jobs of several
 * containers, of several nodes or on Kubernetes, compute environments, scheduling policies.
 */
final class InMemoryBatch implements BatchClient {

    private final JobHost host;

    private InMemoryBatch(JobHost host) {
        this.host = host;
    }

    /** Returns a client of the jobs of a host. */
    static BatchClient of(JobHost host) {
        return NotInMemory.named(BatchClient.class, new InMemoryBatch(host));
    }

    @Override
    public String serviceName() {
        return "batch";
    }

    @Override
    public void close() {
        // The jobs outlive their clients.
    }

    @Override
    public CreateJobQueueResponse createJobQueue(CreateJobQueueRequest request) {
        JobQueueDetail queue = host.createQueue(JobQueueDetail.builder()
                .jobQueueName(request.jobQueueName())
                .state(request.state() == null ? JQState.ENABLED : request.state())
                .status("VALID")
                .statusReason("JobQueue Healthy")
                .priority(request.priority())
                .computeEnvironmentOrder(request.computeEnvironmentOrder())
                .tags(request.tags())
                .build());
        return CreateJobQueueResponse.builder()
                .jobQueueName(queue.jobQueueName())
                .jobQueueArn(queue.jobQueueArn())
                .build();
    }

    @Override
    public DescribeJobQueuesResponse describeJobQueues(DescribeJobQueuesRequest request) {
        return DescribeJobQueuesResponse.builder()
                .jobQueues(host.describeQueues(request.jobQueues()))
                .build();
    }

    @Override
    public RegisterJobDefinitionResponse registerJobDefinition(RegisterJobDefinitionRequest request) {
        if (request.nodeProperties() != null || request.ecsProperties() != null || request.eksProperties() != null) {
            throw new UnsupportedOperationException(
                    "Jobs of several containers, of several nodes or on Kubernetes are not in memory.");
        }
        JobDefinition definition = host.register(JobDefinition.builder()
                .jobDefinitionName(request.jobDefinitionName())
                .type(request.typeAsString())
                .parameters(request.parameters())
                .schedulingPriority(request.schedulingPriority())
                .containerProperties(request.containerProperties())
                .retryStrategy(request.retryStrategy())
                .propagateTags(request.propagateTags())
                .timeout(request.timeout())
                .tags(request.tags())
                .platformCapabilitiesWithStrings(
                        request.hasPlatformCapabilities() ? request.platformCapabilitiesAsStrings() : List.of("EC2"))
                .containerOrchestrationType("ECS")
                .build());
        return RegisterJobDefinitionResponse.builder()
                .jobDefinitionName(definition.jobDefinitionName())
                .jobDefinitionArn(definition.jobDefinitionArn())
                .revision(definition.revision())
                .build();
    }

    @Override
    public DescribeJobDefinitionsResponse describeJobDefinitions(DescribeJobDefinitionsRequest request) {
        return DescribeJobDefinitionsResponse.builder()
                .jobDefinitions(host.describeDefinitions(request))
                .build();
    }

    @Override
    public DeregisterJobDefinitionResponse deregisterJobDefinition(DeregisterJobDefinitionRequest request) {
        host.deregister(request.jobDefinition());
        return DeregisterJobDefinitionResponse.builder().build();
    }

    @Override
    public SubmitJobResponse submitJob(SubmitJobRequest request) {
        JobDetail job = host.submit(request);
        return SubmitJobResponse.builder()
                .jobId(job.jobId())
                .jobArn(job.jobArn())
                .jobName(job.jobName())
                .build();
    }

    @Override
    public DescribeJobsResponse describeJobs(DescribeJobsRequest request) {
        return DescribeJobsResponse.builder()
                .jobs(host.describe(request.jobs()))
                .build();
    }

    @Override
    public TerminateJobResponse terminateJob(TerminateJobRequest request) {
        host.terminate(String.valueOf(request.jobId()), reason(request.reason()));
        return TerminateJobResponse.builder().build();
    }

    @Override
    public CancelJobResponse cancelJob(CancelJobRequest request) {
        host.cancel(String.valueOf(request.jobId()), reason(request.reason()));
        return CancelJobResponse.builder().build();
    }

    private static String reason(@Nullable String reason) {
        return reason == null ? "Terminated by the user." : reason;
    }

    /** Without a status the running jobs are listed. */
    @Override
    public ListJobsResponse listJobs(ListJobsRequest request) {
        JobStatus status = request.jobStatus() == null ? JobStatus.RUNNING : request.jobStatus();
        return ListJobsResponse.builder()
                .jobSummaryList(host.list(request.jobQueue()).stream()
                        .filter(job -> job.status() == status)
                        .map(InMemoryBatch::summary)
                        .toList())
                .build();
    }

    private static JobSummary summary(JobDetail job) {
        return JobSummary.builder()
                .jobId(job.jobId())
                .jobArn(job.jobArn())
                .jobName(job.jobName())
                .jobDefinition(job.jobDefinition())
                .status(job.status())
                .statusReason(job.statusReason())
                .createdAt(job.createdAt())
                .startedAt(job.startedAt())
                .stoppedAt(job.stoppedAt())
                .container(ContainerSummary.builder()
                        .exitCode(job.container().exitCode())
                        .reason(job.container().reason())
                        .build())
                .build();
    }
}
