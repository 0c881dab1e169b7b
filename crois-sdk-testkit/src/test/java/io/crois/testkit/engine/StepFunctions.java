package io.crois.testkit.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.crois.testkit.time.VirtualEventLoop;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;

/** An engine in virtual time, with tasks that answer as a test says: by the name of their state. */
final class StepFunctions {

    final VirtualEventLoop loop = VirtualEventLoop.create();
    final List<TaskRequest> requests = new ArrayList<>();
    final List<ExecutionListener.Change> changes = new ArrayList<>();
    final FakeObjectStore objects = new FakeObjectStore();
    private final Map<String, Deque<BiConsumer<TaskRequest, TaskCompletion>>> answers = new HashMap<>();
    final SfnClient sfn;
    private int machines;

    StepFunctions() {
        this(EngineLimits.aws());
    }

    StepFunctions(EngineLimits limits) {
        this.sfn = AslEngine.builder(loop)
                .integrations(this::find)
                .objectStore(objects)
                .listener(changes::add)
                .limits(limits)
                .seed(7)
                .build()
                .client();
    }

    private Optional<TaskIntegration> find(TaskResource resource) {
        return resource.service().equals("states") || resource.service().equals("nowhere")
                ? Optional.empty()
                : Optional.of(this::start);
    }

    private TaskIntegration.Cancellation start(TaskRequest request, TaskCompletion completion) {
        requests.add(request);
        Deque<BiConsumer<TaskRequest, TaskCompletion>> left =
                answers.getOrDefault(request.stateName(), new ArrayDeque<>());
        BiConsumer<TaskRequest, TaskCompletion> answer =
                left.isEmpty() ? (asked, told) -> told.succeeded(asked.arguments()) : left.poll();
        answer.accept(request, completion);
        return TaskIntegration.Cancellation.NONE;
    }

    /** Adds an answer for the next task of a state; without one a task returns its arguments. */
    StepFunctions answer(String state, BiConsumer<TaskRequest, TaskCompletion> answer) {
        answers.computeIfAbsent(state, name -> new ArrayDeque<>()).add(answer);
        return this;
    }

    StepFunctions fails(String state, String error, int times) {
        for (int i = 0; i < times; i++) {
            answer(state, (request, completion) -> completion.failed(error, "It broke."));
        }
        return this;
    }

    static JsonNode text(String value) {
        return JsonNodeFactory.instance.textNode(value);
    }

    String create(String definition) {
        String name = "machine-" + ++machines;
        return sfn.createStateMachine(machine -> machine.name(name)
                        .roleArn("arn:aws:iam::111111111111:role/flow")
                        .definition(definition.replace('\'', '"')))
                .stateMachineArn();
    }

    String start(String definition, String input) {
        String machine = create(definition);
        return sfn.startExecution(
                        execution -> execution.stateMachineArn(machine).input(input.replace('\'', '"')))
                .executionArn();
    }

    DescribeExecutionResponse run(String definition, String input) {
        String execution = start(definition, input);
        loop.runUntilIdle();
        return describe(execution);
    }

    DescribeExecutionResponse describe(String execution) {
        return sfn.describeExecution(request -> request.executionArn(execution));
    }

    List<HistoryEvent> history(String execution) {
        return sfn
                .getExecutionHistoryPaginator(
                        request -> request.executionArn(execution).maxResults(1_000))
                .events()
                .stream()
                .toList();
    }

    /** Returns the ARN of the only map run of an execution. */
    String mapRun(String execution) {
        return sfn.listMapRuns(request -> request.executionArn(execution))
                .mapRuns()
                .get(0)
                .mapRunArn();
    }

    /** Returns the ARN of the first execution of a map run that ended so. */
    String child(String mapRun, ExecutionStatus end) {
        return sfn.listExecutions(request -> request.mapRunArn(mapRun).statusFilter(end))
                .executions()
                .get(0)
                .executionArn();
    }

    /** Returns the events as {@code id<previous:Type}, in one line. */
    String events(String execution) {
        return history(execution).stream()
                .map(event -> event.id() + "<" + event.previousEventId() + ":" + event.typeAsString())
                .collect(Collectors.joining(" "));
    }
}
