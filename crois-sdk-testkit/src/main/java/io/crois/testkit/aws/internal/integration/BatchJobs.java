package io.crois.testkit.aws.internal.integration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crois.testkit.engine.TaskCompletion;
import io.crois.testkit.engine.TaskIntegration;
import io.crois.testkit.engine.TaskRequest;
import io.crois.testkit.engine.TaskResource.WaitPattern;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.batch.BatchClient;
import software.amazon.awssdk.services.batch.model.ContainerOverrides;
import software.amazon.awssdk.services.batch.model.JobDetail;
import software.amazon.awssdk.services.batch.model.JobStatus;
import software.amazon.awssdk.services.batch.model.KeyValuePair;
import software.amazon.awssdk.services.batch.model.SubmitJobRequest;
import software.amazon.awssdk.services.batch.model.SubmitJobResponse;

/** {@code batch:submitJob}: submits a job, and with {@code .sync} waits until it has succeeded or failed. */
final class BatchJobs implements TaskIntegration {

    private final BatchClient batch;
    private final Endings<JobDetail> endings;
    private final SdkJson json = SdkJson.optimized();

    BatchJobs(BatchClient batch, Endings<JobDetail> endings) {
        this.batch = batch;
        this.endings = endings;
    }

    @Override
    public Cancellation start(TaskRequest request, TaskCompletion completion) {
        return Guarded.start(request, completion, ErrorNames.BATCH, () -> submit(request, completion));
    }

    private Cancellation submit(TaskRequest request, TaskCompletion completion) {
        WaitPattern pattern = request.resource().pattern();
        SubmitJobResponse response = batch.submitJob(asked(request.arguments(), pattern));
        ObjectNode answer = SdkMetadata.add(json.write(response), "in-memory", 200);
        if (pattern == WaitPattern.REQUEST_RESPONSE) {
            completion.succeeded(answer);
            return Cancellation.NONE;
        }
        completion.submitted(answer);
        return pattern == WaitPattern.SYNC ? await(response.jobId(), completion) : Cancellation.NONE;
    }

    /** Step Functions marks the jobs that it waits for with a variable. */
    private static SubmitJobRequest asked(JsonNode arguments, WaitPattern pattern) {
        SubmitJobRequest request = (SubmitJobRequest) SdkArguments.read(arguments, SubmitJobRequest.builder());
        return pattern == WaitPattern.SYNC
                ? request.toBuilder()
                        .containerOverrides(marked(request.containerOverrides()))
                        .build()
                : request;
    }

    private static ContainerOverrides marked(@Nullable ContainerOverrides overrides) {
        ContainerOverrides given =
                overrides == null ? ContainerOverrides.builder().build() : overrides;
        List<KeyValuePair> environment = new ArrayList<>(given.environment());
        environment.add(KeyValuePair.builder()
                .name("MANAGED_BY_AWS")
                .value("STARTED_BY_STEP_FUNCTIONS")
                .build());
        return given.toBuilder().environment(environment).build();
    }

    private Cancellation await(String jobId, TaskCompletion completion) {
        endings.await(jobId, ended -> {
            if (ended.status() == JobStatus.SUCCEEDED) {
                completion.succeeded(json.write(ended));
            } else {
                completion.failed("States.TaskFailed", json.write(ended).toString());
            }
        });
        return () ->
                batch.terminateJob(job -> job.jobId(jobId).reason("The state machine no longer waits for the job."));
    }
}
