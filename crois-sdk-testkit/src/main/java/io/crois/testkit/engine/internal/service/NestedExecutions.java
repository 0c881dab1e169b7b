package io.crois.testkit.engine.internal.service;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crois.testkit.engine.TaskCompletion;
import io.crois.testkit.engine.TaskIntegration;
import io.crois.testkit.engine.TaskRequest;
import io.crois.testkit.engine.TaskResource.WaitPattern;
import io.crois.testkit.engine.internal.Execution;
import io.crois.testkit.engine.internal.ExecutionIdentity;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.SfnException;

/** {@code states:startExecution} in all its patterns: executions that Task states start and wait for. */
final class NestedExecutions implements TaskIntegration {

    private final Supplier<Executions> executions;

    NestedExecutions(Supplier<Executions> executions) {
        this.executions = executions;
    }

    @Override
    public Cancellation start(TaskRequest request, TaskCompletion completion) {
        JsonNode arguments = request.arguments();
        Execution started;
        try {
            started = executions
                    .get()
                    .begin(text(arguments, "StateMachineArn"), text(arguments, "Name"), input(arguments.get("Input")));
        } catch (SfnException refused) {
            completion.failed(
                    "StepFunctions." + refused.awsErrorDetails().errorCode() + "Exception",
                    refused.awsErrorDetails().errorMessage()
                            + " (Service: AWSStepFunctions; Status Code: 400; Error Code: "
                            + refused.awsErrorDetails().errorCode() + "; Proxy: null)");
            return Cancellation.NONE;
        }
        WaitPattern pattern = request.resource().pattern();
        ObjectNode answer = answer(started.identity());
        if (pattern == WaitPattern.REQUEST_RESPONSE) {
            completion.succeeded(answer);
            return Cancellation.NONE;
        }
        completion.submitted(answer);
        if (pattern == WaitPattern.WAIT_FOR_TASK_TOKEN) {
            return Cancellation.NONE;
        }
        started.whenEnded(end -> end(end, pattern == WaitPattern.SYNC_2, completion));
        return () -> started.stop(null, null);
    }

    private static @Nullable String text(JsonNode arguments, String field) {
        JsonNode value = arguments.get(field);
        return value == null || value.isNull() ? null : value.asText();
    }

    /** Objects are written as text; a text is taken as the input's own JSON where it is one. */
    private static @Nullable String input(@Nullable JsonNode input) {
        if (input == null || input.isNull()) {
            return null;
        }
        return input.isTextual() ? input.textValue() : input.toString();
    }

    private static ObjectNode answer(ExecutionIdentity identity) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("ExecutionArn", identity.arn())
                .put("StartDate", identity.startDate().toEpochMilli());
    }

    private static void end(Execution execution, boolean parsed, TaskCompletion completion) {
        ObjectNode description = describe(execution, parsed);
        if (execution.status() == ExecutionStatus.SUCCEEDED) {
            completion.succeeded(description);
        } else {
            completion.failed("States.TaskFailed", description.toString());
        }
    }

    private static ObjectNode describe(Execution execution, boolean parsed) {
        ExecutionIdentity identity = execution.identity();
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        if (execution.error() != null) {
            node.put("Cause", execution.error().cause())
                    .put("Error", execution.error().error());
        }
        node.put("ExecutionArn", identity.arn());
        node.set("Input", data(identity.input(), parsed));
        node.putObject("InputDetails").put("Included", true);
        node.put("Name", identity.name());
        if (execution.output() != null) {
            node.set("Output", data(execution.output(), parsed));
            node.putObject("OutputDetails").put("Included", true);
        }
        node.put("RedriveCount", execution.redriveCount());
        node.put("StartDate", identity.startDate().toEpochMilli());
        node.put("StateMachineArn", identity.stateMachineArn());
        node.put("Status", execution.statusText());
        if (execution.stopDate() != null) {
            node.put("StopDate", execution.stopDate().toEpochMilli());
        }
        return node;
    }

    private static JsonNode data(JsonNode value, boolean parsed) {
        return parsed ? value : JsonNodeFactory.instance.textNode(value.toString());
    }
}
