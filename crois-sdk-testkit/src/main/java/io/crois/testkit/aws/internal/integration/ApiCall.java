package io.crois.testkit.aws.internal.integration;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crois.testkit.engine.TaskCompletion;
import io.crois.testkit.engine.TaskIntegration;
import io.crois.testkit.engine.TaskRequest;
import io.crois.testkit.engine.TaskResource.WaitPattern;

/** A task that ends when the service has answered, or, if it waits for a token, is submitted then. */
final class ApiCall implements TaskIntegration {

    private final Operation operation;
    private final ErrorNames names;

    ApiCall(Operation operation, ErrorNames names) {
        this.operation = operation;
        this.names = names;
    }

    @Override
    public Cancellation start(TaskRequest request, TaskCompletion completion) {
        return Guarded.start(request, completion, names, () -> {
            ObjectNode answer = operation.call(request.arguments());
            if (request.resource().pattern() == WaitPattern.WAIT_FOR_TASK_TOKEN) {
                completion.submitted(answer);
            } else {
                completion.succeeded(answer);
            }
            return Cancellation.NONE;
        });
    }
}
