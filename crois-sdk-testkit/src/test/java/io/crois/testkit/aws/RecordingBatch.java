package io.crois.testkit.aws;

import io.crois.testkit.aws.internal.integration.Endings;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.batch.BatchClient;
import software.amazon.awssdk.services.batch.model.DescribeJobDefinitionsRequest;
import software.amazon.awssdk.services.batch.model.DescribeJobDefinitionsResponse;
import software.amazon.awssdk.services.batch.model.JobDetail;
import software.amazon.awssdk.services.batch.model.RegisterJobDefinitionRequest;
import software.amazon.awssdk.services.batch.model.RegisterJobDefinitionResponse;
import software.amazon.awssdk.services.batch.model.SubmitJobRequest;
import software.amazon.awssdk.services.batch.model.SubmitJobResponse;
import software.amazon.awssdk.services.batch.model.TerminateJobRequest;
import software.amazon.awssdk.services.batch.model.TerminateJobResponse;

/** Remembers what it was asked; its jobs end when a test says so. */
final class RecordingBatch implements BatchClient {

    final List<SubmitJobRequest> requests = new ArrayList<>();
    final List<String> terminations = new ArrayList<>();
    final Deque<AwsServiceException> refusals = new ArrayDeque<>();
    private int jobs;
    private final Map<String, Consumer<JobDetail>> waiting = new HashMap<>();
    final Endings<JobDetail> endings = waiting::put;

    void end(String jobId, JobDetail job) {
        waiting.remove(jobId).accept(job);
    }

    @Override
    public SubmitJobResponse submitJob(SubmitJobRequest request) {
        requests.add(request);
        if (!refusals.isEmpty()) {
            throw refusals.poll();
        }
        return SubmitJobResponse.builder()
                .jobId("job-" + ++jobs)
                .jobName(request.jobName())
                .build();
    }

    @Override
    public DescribeJobDefinitionsResponse describeJobDefinitions(DescribeJobDefinitionsRequest request) {
        return DescribeJobDefinitionsResponse.builder().build();
    }

    @Override
    public RegisterJobDefinitionResponse registerJobDefinition(RegisterJobDefinitionRequest request) {
        return RegisterJobDefinitionResponse.builder()
                .jobDefinitionName(request.jobDefinitionName())
                .jobDefinitionArn("arn:definition/" + request.jobDefinitionName())
                .revision(1)
                .build();
    }

    @Override
    public TerminateJobResponse terminateJob(TerminateJobRequest request) {
        terminations.add(request.jobId());
        return TerminateJobResponse.builder().build();
    }

    @Override
    public String serviceName() {
        return "batch";
    }

    @Override
    public void close() {}
}
