package io.crois.testkit.engine.internal.service;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.crois.testkit.engine.internal.Surroundings;
import io.crois.testkit.engine.internal.TaskAttempt;
import io.crois.testkit.engine.internal.expression.StatesError;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sfn.model.SendTaskFailureRequest;
import software.amazon.awssdk.services.sfn.model.SendTaskFailureResponse;
import software.amazon.awssdk.services.sfn.model.SendTaskHeartbeatRequest;
import software.amazon.awssdk.services.sfn.model.SendTaskHeartbeatResponse;
import software.amazon.awssdk.services.sfn.model.SendTaskSuccessRequest;
import software.amazon.awssdk.services.sfn.model.SendTaskSuccessResponse;

/** Takes the answers that come with a task token. Used on the event loop only. */
final class Tasks {

    private final Surroundings surroundings;

    Tasks(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    SendTaskSuccessResponse succeed(SendTaskSuccessRequest request) {
        requireKnown(request.taskToken());
        JsonNode output = output(String.valueOf(request.output()));
        require(request.taskToken()).succeeded(output);
        return SendTaskSuccessResponse.builder().build();
    }

    private JsonNode output(String text) {
        if (text.getBytes(StandardCharsets.UTF_8).length > surroundings.limits().payloadBytes()) {
            throw Refusal.validation("1 validation error detected: Value at 'output' failed to satisfy constraint: "
                    + "Member must have length less than or equal to "
                    + surroundings.limits().payloadBytes());
        }
        try {
            return Json.read(text);
        } catch (JsonProcessingException e) {
            throw Refusal.output(text);
        }
    }

    SendTaskFailureResponse fail(SendTaskFailureRequest request) {
        require(request.taskToken()).fail(StatesError.of(request.error(), request.cause()));
        return SendTaskFailureResponse.builder().build();
    }

    SendTaskHeartbeatResponse beat(SendTaskHeartbeatRequest request) {
        require(request.taskToken()).beat();
        return SendTaskHeartbeatResponse.builder().build();
    }

    /** A token that never was is refused before the output is read, one that is over after it. */
    private void requireKnown(@Nullable String token) {
        String given = String.valueOf(token);
        if (surroundings.tokens().find(given) == null && !surroundings.tokens().isOver(given)) {
            throw Refusal.token();
        }
    }

    private TaskAttempt require(@Nullable String token) {
        requireKnown(token);
        TaskAttempt attempt = surroundings.tokens().find(String.valueOf(token));
        if (attempt == null) {
            throw Refusal.taskTimedOut(surroundings
                    .tokens()
                    .activityOf(String.valueOf(token))
                    .orElse("Provided task does not exist anymore"));
        }
        return attempt;
    }
}
