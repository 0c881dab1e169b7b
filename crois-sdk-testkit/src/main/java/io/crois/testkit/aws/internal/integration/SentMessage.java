package io.crois.testkit.aws.internal.integration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crois.testkit.engine.TaskCompletion;
import io.crois.testkit.engine.TaskIntegration;
import io.crois.testkit.engine.TaskRequest;
import io.crois.testkit.engine.TaskResource.WaitPattern;

/**
 * {@code sqs:sendMessage} and {@code sns:publish}: the message may be any JSON, which is sent as text; with a task
 * token the task waits for an answer.
 */
final class SentMessage implements TaskIntegration {

    private final Operation operation;
    private final String field;
    private final ErrorNames names;

    SentMessage(Operation operation, String field, ErrorNames names) {
        this.operation = operation;
        this.field = field;
        this.names = names;
    }

    @Override
    public Cancellation start(TaskRequest request, TaskCompletion completion) {
        return Guarded.start(request, completion, names, () -> {
            ObjectNode answer = SdkMetadata.add(operation.call(asked(request.arguments())), "in-memory", 200);
            if (request.resource().pattern() == WaitPattern.WAIT_FOR_TASK_TOKEN) {
                completion.submitted(answer);
            } else {
                completion.succeeded(answer);
            }
            return Cancellation.NONE;
        });
    }

    private JsonNode asked(JsonNode arguments) {
        JsonNode asked = arguments.deepCopy();
        if (asked instanceof ObjectNode fields
                && fields.has(field)
                && !fields.path(field).isTextual()) {
            fields.put(field, fields.path(field).toString());
        }
        return asked;
    }
}
