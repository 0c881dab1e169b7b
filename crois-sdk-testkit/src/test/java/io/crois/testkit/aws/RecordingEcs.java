package io.crois.testkit.aws;

import io.crois.testkit.aws.internal.ServiceRefusal;
import io.crois.testkit.aws.internal.integration.Endings;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.Failure;
import software.amazon.awssdk.services.ecs.model.ListTaskDefinitionsRequest;
import software.amazon.awssdk.services.ecs.model.ListTaskDefinitionsResponse;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionResponse;
import software.amazon.awssdk.services.ecs.model.RunTaskRequest;
import software.amazon.awssdk.services.ecs.model.RunTaskResponse;
import software.amazon.awssdk.services.ecs.model.StopTaskRequest;
import software.amazon.awssdk.services.ecs.model.StopTaskResponse;
import software.amazon.awssdk.services.ecs.model.Task;

/** Remembers what it was asked; its tasks end when a test says so. */
final class RecordingEcs implements EcsClient {

    final List<RunTaskRequest> requests = new ArrayList<>();
    final List<String> stops = new ArrayList<>();
    final Deque<AwsServiceException> refusals = new ArrayDeque<>();
    final List<Failure> failures = new ArrayList<>();
    private final Map<String, Consumer<Task>> waiting = new HashMap<>();
    final Endings<Task> endings = waiting::put;

    static AwsServiceException refused(AwsServiceException.Builder builder, String code) {
        return ServiceRefusal.of(builder, "Ecs", 400, code, "Refused.");
    }

    void end(String taskArn, Task task) {
        waiting.remove(taskArn).accept(task);
    }

    @Override
    public RunTaskResponse runTask(RunTaskRequest request) {
        if (!refusals.isEmpty()) {
            throw refusals.poll();
        }
        requests.add(request);
        if (!failures.isEmpty()) {
            return RunTaskResponse.builder().failures(failures).build();
        }
        return RunTaskResponse.builder()
                .tasks(Task.builder()
                        .taskArn("arn:task/" + requests.size())
                        .clusterArn("arn:cluster/c")
                        .build())
                .build();
    }

    @Override
    public ListTaskDefinitionsResponse listTaskDefinitions(ListTaskDefinitionsRequest request) {
        return ListTaskDefinitionsResponse.builder().build();
    }

    @Override
    public RegisterTaskDefinitionResponse registerTaskDefinition(RegisterTaskDefinitionRequest request) {
        return RegisterTaskDefinitionResponse.builder()
                .taskDefinition(definition -> definition.taskDefinitionArn("arn:definition/" + request.family()))
                .build();
    }

    @Override
    public StopTaskResponse stopTask(StopTaskRequest request) {
        stops.add(request.task() + " in " + request.cluster());
        return StopTaskResponse.builder().build();
    }

    @Override
    public String serviceName() {
        return "ecs";
    }

    @Override
    public void close() {}
}
