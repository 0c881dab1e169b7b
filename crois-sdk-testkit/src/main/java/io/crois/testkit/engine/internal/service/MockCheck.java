package io.crois.testkit.engine.internal.service;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.crois.testkit.engine.TaskResource;
import io.crois.testkit.engine.internal.Inspection.Mock;
import io.crois.testkit.engine.internal.expression.StatesError;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sfn.model.MockErrorOutput;
import software.amazon.awssdk.services.sfn.model.MockInput;

/** Checks the mock of a TestState request against the state that it stands for. */
final class MockCheck {

    private static final Set<String> MOCKED = Set.of("Task", "Map", "Parallel");

    private MockCheck() {}

    /** Returns the mock, {@code null} where the request has none. */
    static @Nullable Mock read(@Nullable MockInput input, TestedState state) {
        if (input == null) {
            if (state.type().equals("Map") || state.type().equals("Parallel")) {
                throw Refusal.wholeDefinition("TestState API does not support Map or Parallel states. Supported state "
                        + "types include: [Task, Wait, Pass, Succeed, Fail, Choice]");
            }
            requireAnswer(state);
            return null;
        }
        if (!MOCKED.contains(state.type())) {
            throw Refusal.validation("State type '" + state.type() + "' is not supported when a mock is specified");
        }
        MockErrorOutput error = input.errorOutput();
        if (error != null) {
            if (error.error() == null) {
                throw Refusal.validation("An error was not specified in the mocked error output.");
            }
            return new Mock(null, StatesError.of(error.error(), error.cause()));
        }
        return new Mock(result(input, state), null);
    }

    /** Nobody would answer an activity, a job or a task token within a test. */
    private static void requireAnswer(TestedState state) {
        TaskResource resource = TaskResource.parse(state.json().path("Resource").asText());
        if (resource.kind() == TaskResource.Kind.ACTIVITY) {
            throw Refusal.validation("A mock must be specified when testing an Activity task");
        }
        if (resource.pattern() != TaskResource.WaitPattern.REQUEST_RESPONSE) {
            throw Refusal.wholeDefinition(
                    "TestState API does not support '.sync' or '.waitForTaskToken' integration patterns.");
        }
    }

    static void requireOne(@Nullable MockInput input) {
        if (input == null) {
            return;
        }
        if (input.result() != null && input.errorOutput() != null) {
            throw Refusal.validation(
                    "A test mock should have only one of the following fields: [result, errorOutput].");
        }
        if (input.result() == null && input.errorOutput() == null) {
            throw Refusal.validation("One of the following fields is required for a test mock: [result, errorOutput].");
        }
    }

    private static JsonNode result(MockInput input, TestedState state) {
        JsonNode result;
        try {
            result = Json.read(input.result());
        } catch (JsonProcessingException unreadable) {
            throw Refusal.validation("Mocked result must be valid JSON");
        }
        if (state.type().equals("Map")) {
            requireShape(result, state.json().has("ResultWriter"));
        } else if (state.type().equals("Parallel")) {
            requireShape(result, false);
            if (result.size() != state.json().path("Branches").size()) {
                throw Refusal.validation(
                        "Mocked result must contain the same number of items as number of Parallel branches.");
            }
        } else if (state.type().equals("Task")) {
            String mode = input.fieldValidationModeAsString();
            MockSchema.of(TaskResource.parse(state.json().path("Resource").asText()))
                    .require(result, mode == null ? "STRICT" : mode);
        }
        return result;
    }

    private static void requireShape(JsonNode result, boolean isWritten) {
        if (isWritten && !result.isObject()) {
            throw Refusal.validation("Mocked result must be a JSON object.");
        }
        if (!isWritten && !result.isArray()) {
            throw Refusal.validation("Mocked result must be an array.");
        }
    }
}
