package io.crois.testkit.engine.internal.service;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crois.testkit.engine.internal.Execution;
import io.crois.testkit.engine.internal.Inspection;
import io.crois.testkit.engine.internal.expression.StatesError;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.InspectionData;
import software.amazon.awssdk.services.sfn.model.InspectionErrorDetails;
import software.amazon.awssdk.services.sfn.model.TestExecutionStatus;
import software.amazon.awssdk.services.sfn.model.TestStateRequest;
import software.amazon.awssdk.services.sfn.model.TestStateResponse;

/** One test of a state, and what the service tells of it. */
record StateTest(TestStateRequest request, TestedState state, Execution execution, Inspection inspection) {

    TestStateResponse response() {
        if (inspection.refused() != null) {
            throw Refusal.validation(inspection.refused());
        }
        StatesError error = error();
        JsonNode output = execution.output();
        return TestStateResponse.builder()
                .status(status())
                .output(output == null ? null : output.toString())
                .error(error == null ? null : error.error())
                .cause(error == null ? null : error.cause())
                .nextState(inspection.next())
                .inspectionData(isDetailed() ? data() : null)
                .build();
    }

    private boolean isDetailed() {
        String level = request.inspectionLevelAsString();
        return level != null && !level.equals("INFO");
    }

    private @Nullable StatesError error() {
        return inspection.caught() != null ? inspection.caught() : execution.error();
    }

    private TestExecutionStatus status() {
        if (inspection.retriable() != null) {
            return TestExecutionStatus.RETRIABLE;
        }
        if (inspection.caught() != null) {
            return TestExecutionStatus.CAUGHT_ERROR;
        }
        return execution.status() == ExecutionStatus.SUCCEEDED
                ? TestExecutionStatus.SUCCEEDED
                : TestExecutionStatus.FAILED;
    }

    /** What the API shows of a state depends on its kind and its query language. */
    private InspectionData data() {
        Map<String, JsonNode> seen = new HashMap<>(inspection.seen());
        if (state.isJsonata()) {
            seen.keySet().removeIf(name -> name.startsWith("after") && !isArgumentsOfTask(name));
        } else if (state.type().equals("Pass") && seen.containsKey("result")) {
            seen.remove("afterInputPath");
            seen.remove("afterParameters");
        }
        JsonNode most = seen.get("maxConcurrency");
        JsonNode count = seen.get("toleratedFailureCount");
        JsonNode percentage = seen.get("toleratedFailurePercentage");
        return InspectionData.builder()
                .input(execution.inputText())
                .afterInputPath(text(seen, "afterInputPath"))
                .afterParameters(text(seen, "afterParameters"))
                .afterArguments(text(seen, "afterArguments"))
                .afterItemsPath(list(seen, "afterItemsPath"))
                .afterItemSelector(list(seen, "afterItemSelector"))
                .afterItemsPointer(text(seen, "afterItemsPointer"))
                .afterItemBatcher(list(seen, "afterItemBatcher"))
                .result(text(seen, "result"))
                .afterResultSelector(text(seen, "afterResultSelector"))
                .afterResultPath(text(seen, "afterResultPath"))
                .maxConcurrency(most == null ? null : most.intValue())
                .toleratedFailureCount(count == null ? null : count.intValue())
                .toleratedFailurePercentage(percentage == null ? null : percentage.floatValue())
                .variables(variables())
                .errorDetails(errorDetails())
                .build();
    }

    private boolean isArgumentsOfTask(String name) {
        return name.equals("afterArguments") && state.type().equals("Task");
    }

    private static @Nullable String text(Map<String, JsonNode> seen, String name) {
        JsonNode value = seen.get(name);
        return value == null ? null : value.toString();
    }

    /** Returns a list as the service writes those that it made of several values. */
    private static @Nullable String list(Map<String, JsonNode> seen, String name) {
        JsonNode value = seen.get(name);
        return value == null
                ? null
                : StreamSupport.stream(value.spliterator(), false)
                        .map(JsonNode::toString)
                        .collect(Collectors.joining(", ", "[", "]"));
    }

    private @Nullable String variables() {
        ObjectNode variables = JsonNodeFactory.instance.objectNode();
        if (inspection.setting().variables() != null) {
            variables.setAll(inspection.setting().variables());
        }
        if (inspection.assigned() != null) {
            variables.setAll(inspection.assigned());
        }
        return variables.isEmpty() ? null : variables.toString();
    }

    private @Nullable InspectionErrorDetails errorDetails() {
        if (inspection.index() == null) {
            return null;
        }
        return inspection.caught() != null
                ? InspectionErrorDetails.builder()
                        .catchIndex(inspection.index())
                        .build()
                : InspectionErrorDetails.builder()
                        .retryIndex(inspection.index())
                        .retryBackoffIntervalSeconds(
                                inspection.backoff() == null
                                        ? null
                                        : (int) inspection.backoff().toSeconds())
                        .build();
    }
}
