package io.crois.testkit.aws.internal.integration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crois.testkit.engine.TaskCompletion;
import io.crois.testkit.engine.TaskIntegration;
import io.crois.testkit.engine.TaskRequest;
import io.crois.testkit.engine.TaskResource.WaitPattern;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.Container;
import software.amazon.awssdk.services.ecs.model.RunTaskRequest;
import software.amazon.awssdk.services.ecs.model.RunTaskResponse;
import software.amazon.awssdk.services.ecs.model.Task;

/** {@code ecs:runTask}: runs a task, and with {@code .sync} waits until it has stopped. */
final class EcsTasks implements TaskIntegration {

    private final EcsClient ecs;
    private final Endings<Task> endings;
    private final SdkJson json = SdkJson.ofEcs();

    EcsTasks(EcsClient ecs, Endings<Task> endings) {
        this.ecs = ecs;
        this.endings = endings;
    }

    @Override
    public Cancellation start(TaskRequest request, TaskCompletion completion) {
        return Guarded.start(request, completion, ErrorNames.ECS, () -> run(request, completion));
    }

    private Cancellation run(TaskRequest request, TaskCompletion completion) {
        WaitPattern pattern = request.resource().pattern();
        RunTaskResponse response = ecs.runTask(asked(request.arguments(), pattern));
        ObjectNode answer = answer(response);
        if (pattern == WaitPattern.REQUEST_RESPONSE) {
            completion.succeeded(answer);
            return Cancellation.NONE;
        }
        if (!response.failures().isEmpty() || response.tasks().isEmpty()) {
            completion.failed("AmazonECS.Unknown", answer.toString());
            return Cancellation.NONE;
        }
        completion.submitted(answer);
        return pattern == WaitPattern.SYNC ? await(response.tasks().get(0), completion) : Cancellation.NONE;
    }

    /** Step Functions says itself who started a task that it waits for. */
    private static RunTaskRequest asked(JsonNode arguments, WaitPattern pattern) {
        RunTaskRequest request = (RunTaskRequest) SdkArguments.read(arguments, RunTaskRequest.builder());
        return pattern == WaitPattern.SYNC
                ? request.toBuilder().startedBy("AWS Step Functions").build()
                : request;
    }

    private ObjectNode answer(RunTaskResponse response) {
        return SdkMetadata.add(json.write(response), "in-memory", 200);
    }

    private Cancellation await(Task task, TaskCompletion completion) {
        endings.await(task.taskArn(), ended -> {
            if (ended.hasContainers() && ended.containers().stream().allMatch(EcsTasks::isWell)) {
                completion.succeeded(json.write(ended));
            } else {
                completion.failed("States.TaskFailed", json.write(ended).toString());
            }
        });
        return () -> ecs.stopTask(stop -> stop.cluster(task.clusterArn())
                .task(task.taskArn())
                .reason("The state machine no longer waits for the task."));
    }

    /** Any container that did not end with zero fails the state, also one that is not essential. */
    private static boolean isWell(Container container) {
        return container.exitCode() != null && container.exitCode() == 0;
    }
}
