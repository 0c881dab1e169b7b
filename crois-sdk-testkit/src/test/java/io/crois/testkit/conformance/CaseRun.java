package io.crois.testkit.conformance;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crois.testkit.aws.InMemorySfn;
import io.crois.testkit.engine.TaskResource;
import io.crois.testkit.time.VirtualEventLoop;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.CreateStateMachineRequest;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.GetActivityTaskResponse;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;
import software.amazon.awssdk.services.sfn.model.SfnException;
import software.amazon.awssdk.services.sfn.model.StartSyncExecutionResponse;
import software.amazon.awssdk.services.sfn.model.TestStateRequest;
import software.amazon.awssdk.services.sfn.model.TestStateResponse;
import software.amazon.awssdk.services.sfn.model.ValidateStateMachineDefinitionRequest;

/** Runs one case through the service's API and tells what came out, as a line of the results. */
final class CaseRun {

    private static final String ROLE = "arn:aws:iam::111111111111:role/conformance";
    private static final int PAGE = 1000;

    private final Case recorded;
    private final ObjectMapper mapper;
    private final VirtualEventLoop loop;
    private final RecordedTasks tasks;
    private final SfnClient sfn;

    CaseRun(Case recorded, ObjectMapper mapper) {
        this.recorded = recorded;
        this.mapper = mapper;
        this.loop = VirtualEventLoop.startingAt(recorded.clock().orElse(Instant.parse("2026-01-01T00:00:00Z")));
        this.tasks = new RecordedTasks(recorded, loop);
        this.sfn = InMemorySfn.builder(loop)
                .integrations(tasks)
                .objectStore(new RecordedObjects(recorded))
                .seed(recorded.id().hashCode())
                .asOf(Boolean.getBoolean("asl.today") ? LocalDate.MAX : recorded.day())
                .build();
    }

    /** Returns the result without the case's id. */
    ObjectNode result() throws JsonProcessingException {
        try {
            return switch (recorded.kind()) {
                case "execution" -> recorded.isExpress() ? express(create()) : standard(create());
                case "create_error" -> accepted(create());
                case "variable_references" -> references(create());
                case "validate" -> validate();
                case "test_state" -> testState();
                default -> throw new UnsupportedOperationException("no kind `" + recorded.kind() + "`");
            };
        } catch (SfnException refused) {
            ObjectNode result = JsonNodeFactory.instance.objectNode();
            result.putObject("apiError")
                    .put("code", refused.awsErrorDetails().errorCode())
                    .put("message", refused.awsErrorDetails().errorMessage());
            return result;
        }
    }

    private String create() {
        ObjectNode request = recorded.request();
        request.put("name", request.path("name").asText("machine"));
        request.put("roleArn", ROLE);
        request.put("definition", recorded.definition());
        if (!request.has("type") && recorded.isExpress()) {
            request.put("type", "EXPRESS");
        }
        CreateStateMachineRequest.Builder builder = CreateStateMachineRequest.builder();
        SdkJson.read(request, (SdkPojo) builder);
        return sfn.createStateMachine(builder.build()).stateMachineArn();
    }

    private static ObjectNode accepted(String machine) {
        return JsonNodeFactory.instance.objectNode().put("status", "ACTIVE").put("stateMachineArn", machine);
    }

    private ObjectNode express(String machine) throws JsonProcessingException {
        StartSyncExecutionResponse end = sfn.startSyncExecution(
                r -> r.stateMachineArn(machine).input(recorded.input().orElse(null)));
        return outcome(end.statusAsString(), end.output(), end.error(), end.cause());
    }

    private ObjectNode standard(String machine) throws JsonProcessingException {
        List<String> activities = createActivities(recorded.definitionJson(), new ArrayList<>());
        String execution = sfn.startExecution(
                        r -> r.stateMachineArn(machine).input(recorded.input().orElse(null)))
                .executionArn();
        activities.forEach(activity -> work(activity, execution));
        loop.runUntil(() -> !isRunning(execution));
        DescribeExecutionResponse end = sfn.describeExecution(r -> r.executionArn(execution));
        ObjectNode result = outcome(end.statusAsString(), end.output(), end.error(), end.cause());
        result.set("history", history(execution));
        return result;
    }

    private boolean isRunning(String execution) {
        return sfn.describeExecution(r -> r.executionArn(execution)).status() == ExecutionStatus.RUNNING;
    }

    private List<String> createActivities(JsonNode definition, List<String> found) {
        JsonNode resource = definition.path("Resource");
        if (resource.isTextual() && resource.textValue().contains(":activity:")) {
            sfn.createActivity(
                    r -> r.name(TaskResource.parse(resource.textValue()).action()));
            found.add(resource.textValue());
        }
        definition.forEach(child -> createActivities(child, found));
        return found;
    }

    /** Answers an activity's tasks as its worker did. */
    private void work(String activity, String execution) {
        String state = stateOf(recorded.definitionJson(), activity);
        while (isRunning(execution)) {
            GetActivityTaskResponse task =
                    sfn.getActivityTask(r -> r.activityArn(activity).workerName("worker"));
            if (task.taskToken() == null) {
                return;
            }
            JsonNode answer = tasks.next(state).orElseThrow();
            if (answer.has("timed_out")) {
                return;
            }
            if (answer.has("error")) {
                sfn.sendTaskFailure(r -> r.taskToken(task.taskToken())
                        .error(answer.path("error").asText())
                        .cause(RecordedTasks.text(answer.path("cause"))));
            } else {
                sfn.sendTaskSuccess(r -> r.taskToken(task.taskToken())
                        .output(answer.path("output").toString()));
            }
        }
    }

    private static String stateOf(JsonNode machine, String activity) {
        Map<String, JsonNode> states = new LinkedHashMap<>();
        machine.path("States").properties().forEach(entry -> states.put(entry.getKey(), entry.getValue()));
        return states.entrySet().stream()
                .filter(entry -> entry.getValue().path("Resource").asText().equals(activity))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse("");
    }

    private ArrayNode history(String execution) {
        ArrayNode events = JsonNodeFactory.instance.arrayNode();
        for (HistoryEvent event : sfn.getExecutionHistoryPaginator(
                        r -> r.executionArn(execution).maxResults(PAGE).includeExecutionData(true))
                .events()) {
            events.add(SdkJson.write(event));
        }
        return events;
    }

    private ObjectNode outcome(String status, String output, String error, String cause)
            throws JsonProcessingException {
        ObjectNode result = JsonNodeFactory.instance.objectNode().put("status", status);
        if (output != null) {
            result.set("output", mapper.readTree(output));
        }
        if (error != null) {
            result.put("error", error);
        }
        if (cause != null) {
            result.put("cause", cause);
        }
        return result;
    }

    private ObjectNode references(String machine) {
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        ObjectNode references = result.putObject("variableReferences");
        sfn.describeStateMachine(r -> r.stateMachineArn(machine))
                .variableReferences()
                .forEach((state, variables) -> variables.forEach(references.putArray(state)::add));
        return result;
    }

    private ObjectNode validate() {
        ValidateStateMachineDefinitionRequest.Builder builder = ValidateStateMachineDefinitionRequest.builder();
        SdkJson.read(recorded.request(), (SdkPojo) builder);
        return SdkJson.write(sfn.validateStateMachineDefinition(
                builder.definition(recorded.definition()).build()));
    }

    private ObjectNode testState() throws JsonProcessingException {
        TestStateRequest.Builder builder = TestStateRequest.builder();
        SdkJson.read(recorded.request(), (SdkPojo) builder);
        boolean withRole = !recorded.id().contains("test_state_with_variables[")
                && !recorded.id().contains("test_base_lambda_service_task_state_no_role_arn_validation");
        TestStateResponse response = sfn.testState(builder.definition(recorded.definition())
                .input(recorded.input().orElse(null))
                .roleArn(withRole ? ROLE : null)
                .build());
        ObjectNode result = outcome(response.statusAsString(), response.output(), response.error(), response.cause());
        result.put("nextState", response.nextState());
        if (response.inspectionData() != null) {
            result.set("inspectionData", SdkJson.write(response.inspectionData()));
        }
        return result;
    }
}
