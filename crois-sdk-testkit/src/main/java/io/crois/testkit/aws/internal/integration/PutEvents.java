package io.crois.testkit.aws.internal.integration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crois.testkit.engine.TaskCompletion;
import io.crois.testkit.engine.TaskIntegration;
import io.crois.testkit.engine.TaskRequest;
import io.crois.testkit.engine.TaskResource.WaitPattern;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequest;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResponse;

/** {@code events:putEvents}: the detail of an entry is JSON, not text; one entry that fails fails the task. */
final class PutEvents implements TaskIntegration {

    private final EventBridgeClient events;
    private final SdkJson json = SdkJson.optimized();

    PutEvents(EventBridgeClient events) {
        this.events = events;
    }

    @Override
    public Cancellation start(TaskRequest request, TaskCompletion completion) {
        return Guarded.start(request, completion, ErrorNames.EVENT_BRIDGE, () -> {
            PutEventsResponse response = events.putEvents(asked(request.arguments()));
            ObjectNode answer = SdkMetadata.add(json.write(response), "in-memory", 200);
            if (response.failedEntryCount() != null && response.failedEntryCount() > 0) {
                completion.failed("EventBridge.FailedEntry", answer.toString());
            } else if (request.resource().pattern() == WaitPattern.WAIT_FOR_TASK_TOKEN) {
                completion.submitted(answer);
            } else {
                completion.succeeded(answer);
            }
            return Cancellation.NONE;
        });
    }

    private static PutEventsRequest asked(JsonNode arguments) {
        JsonNode asked = arguments.deepCopy();
        for (JsonNode entry : asked.path("Entries")) {
            JsonNode detail = entry.path("Detail");
            if (entry instanceof ObjectNode fields && detail.isContainerNode()) {
                fields.put("Detail", detail.toString());
            }
        }
        return (PutEventsRequest) SdkArguments.read(asked, PutEventsRequest.builder());
    }
}
