package io.crois.testkit.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.crois.testkit.engine.TaskCompletion;
import io.crois.testkit.engine.TaskIntegration;
import io.crois.testkit.engine.TaskIntegrations;
import io.crois.testkit.engine.TaskRequest;
import io.crois.testkit.engine.TaskResource;
import io.crois.testkit.engine.TaskResource.Kind;
import io.crois.testkit.engine.TaskResource.WaitPattern;
import io.crois.testkit.time.EventLoop;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Answers tasks as they were answered on AWS: by the recording, or by what the function is known to do. */
final class RecordedTasks implements TaskIntegrations {

    private final EventLoop loop;
    private final JsonNode functions;
    private final Map<String, Deque<JsonNode>> answers = new HashMap<>();

    private int calls;

    RecordedTasks(Case recorded, EventLoop loop) {
        this.loop = loop;
        this.functions = recorded.mocks("lambda");
        recorded.mocks("replay").properties().forEach(entry -> {
            Deque<JsonNode> queue = new ArrayDeque<>();
            entry.getValue().forEach(queue::add);
            answers.put(entry.getKey(), queue);
        });
    }

    /** Returns the next recorded answer of a state. */
    Optional<JsonNode> next(String state) {
        return Optional.ofNullable(answers.get(state)).map(Deque::poll);
    }

    @Override
    public Optional<TaskIntegration> find(TaskResource resource) {
        return resource.kind() == Kind.UNKNOWN ? Optional.empty() : Optional.of(this::start);
    }

    private TaskIntegration.Cancellation start(TaskRequest request, TaskCompletion completion) {
        String function = functionName(request);
        if (request.resource().kind() == Kind.FUNCTION) {
            next(request.stateName());
            function(function).call(request.arguments(), true, completion, output -> output);
            return TaskIntegration.Cancellation.NONE;
        }
        Optional<JsonNode> answer = next(request.stateName());
        if (answer.isPresent()) {
            replay(answer.get(), request, completion);
        } else if (function.isEmpty()) {
            completion.failed("States.TaskFailed", "The recording has no answer for `" + request.stateName() + "`.");
        } else {
            RecordedFunction invoked = function(function);
            invoked.call(request.arguments().path("Payload"), false, completion, invoked::enveloped);
        }
        return TaskIntegration.Cancellation.NONE;
    }

    private RecordedFunction function(String name) {
        String requestId = String.format("11111111-2222-3333-4444-%012d", ++calls);
        return new RecordedFunction(name, functions.path(name), loop, requestId);
    }

    private static String functionName(TaskRequest request) {
        TaskResource resource = request.resource();
        if (resource.kind() == Kind.FUNCTION) {
            return resource.action();
        }
        if (!resource.service().equals("lambda")) {
            return "";
        }
        String name = request.arguments().path("FunctionName").asText();
        return name.startsWith("arn:") ? name.split(":")[6] : name;
    }

    private static void replay(JsonNode answer, TaskRequest request, TaskCompletion completion) {
        boolean submits = request.resource().pattern() != WaitPattern.REQUEST_RESPONSE;
        if (submits && !(answer.has("error") && answer.path("event").asText().equals("TaskSubmitFailed"))) {
            completion.submitted(
                    answer.has("submitted") ? answer.get("submitted") : JsonNodeFactory.instance.objectNode());
        }
        if (answer.has("timed_out")) {
            return;
        }
        if (answer.has("error")) {
            completion.failed(text(answer.path("error")), text(answer.path("cause")));
        } else {
            completion.succeeded(answer.path("output"));
        }
    }

    static String text(JsonNode cause) {
        if (cause.isMissingNode() || cause.isNull()) {
            return null;
        }
        return cause.isTextual() ? cause.textValue() : cause.toString();
    }
}
