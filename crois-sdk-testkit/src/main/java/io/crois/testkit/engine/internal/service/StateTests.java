package io.crois.testkit.engine.internal.service;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crois.asl.StateMachine;
import io.crois.testkit.engine.internal.Execution;
import io.crois.testkit.engine.internal.ExecutionIdentity;
import io.crois.testkit.engine.internal.Ids;
import io.crois.testkit.engine.internal.Inspection;
import io.crois.testkit.engine.internal.Inspection.Mock;
import io.crois.testkit.engine.internal.Inspection.Setting;
import io.crois.testkit.engine.internal.Planner;
import io.crois.testkit.engine.internal.Surroundings;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sfn.model.StateMachineType;
import software.amazon.awssdk.services.sfn.model.TestStateConfiguration;
import software.amazon.awssdk.services.sfn.model.TestStateRequest;

/** Runs single states, as TestState does. Used on the event loop only. */
final class StateTests {

    private final Surroundings surroundings;
    private final Machines machines;
    private final Planner planner;
    private final Arns arns;

    StateTests(Surroundings surroundings, Machines machines, Planner planner, Arns arns) {
        this.surroundings = surroundings;
        this.machines = machines;
        this.planner = planner;
        this.arns = arns;
    }

    /** Starts a test; it has ended when its execution has. */
    StateTest start(TestStateRequest request) {
        MockCheck.requireOne(request.mock());
        ObjectNode definition = definition(request);
        TestedState state = TestedState.find(definition, request.stateName());
        if (state == null) {
            throw Refusal.validation("State not found in definition");
        }
        if (request.stateName() != null) {
            machines.read(definition.toString(), StateMachineType.STANDARD);
        }
        StateMachine machine = machines.read(state.machine().toString(), StateMachineType.STANDARD);
        Mock mock = MockCheck.read(request.mock(), state);
        requireFit(request.stateConfiguration(), state);
        if (mock == null && state.type().equals("Task") && request.roleArn() == null) {
            throw Refusal.validation("RoleArn must be specified when testing a Task state");
        }
        Inspection inspection = new Inspection(setting(request, mock));
        JsonNode input = json(request.input(), "input").orElseGet(JsonNodeFactory.instance::objectNode);
        Execution execution = new Execution(identity(request, input), planner.plan(machine), surroundings, inspection);
        execution.start();
        return new StateTest(request, state, execution, inspection);
    }

    private static void requireFit(@Nullable TestStateConfiguration configuration, TestedState state) {
        boolean isMap = state.type().equals("Map");
        if (!isMap && configuration != null && configuration.mapIterationFailureCount() != null) {
            throw Refusal.validation("MapIterationFailureCount is only supported when testing a Map state.");
        }
        if (isMap
                && state.json().has("ItemReader")
                && (configuration == null || configuration.mapItemReaderData() == null)) {
            throw Refusal.validation(
                    "ItemReader data must be specified when testing a Map state with ItemReader specified.");
        }
    }

    private static ObjectNode definition(TestStateRequest request) {
        try {
            if (Json.read(String.valueOf(request.definition())) instanceof ObjectNode definition) {
                return definition;
            }
        } catch (JsonProcessingException unreadable) {
            throw Refusal.definition("INVALID_JSON_DESCRIPTION: " + unreadable.getOriginalMessage());
        }
        throw Refusal.definition("INVALID_JSON_DESCRIPTION: The definition is not an object");
    }

    private static Setting setting(TestStateRequest request, @Nullable Mock mock) {
        TestStateConfiguration configuration = request.stateConfiguration() == null
                ? TestStateConfiguration.builder().build()
                : request.stateConfiguration();
        JsonNode variables = json(request.variables(), "variables").orElse(null);
        return new Setting(
                mock,
                MockedContext.read(request.context()),
                variables instanceof ObjectNode object ? object : null,
                Optional.ofNullable(configuration.retrierRetryCount()).orElse(0),
                Optional.ofNullable(configuration.mapIterationFailureCount()).orElse(0),
                json(configuration.mapItemReaderData(), "mapItemReaderData").orElse(null));
    }

    private static Optional<JsonNode> json(@Nullable String text, String name) {
        if (text == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(Json.read(text));
        } catch (JsonProcessingException unreadable) {
            throw name.equals("input")
                    ? Refusal.input(unreadable.getOriginalMessage())
                    : Refusal.validation("The " + name + " must be valid JSON");
        }
    }

    private ExecutionIdentity identity(TestStateRequest request, JsonNode input) {
        String machine = Ids.uuid(surroundings.random());
        String name = Ids.uuid(surroundings.random());
        return new ExecutionIdentity(
                surroundings.arn("express:" + machine + ":" + name),
                name,
                arns.machine(machine),
                machine,
                request.roleArn() == null ? "" : request.roleArn(),
                input,
                null,
                surroundings.loop().now(),
                null,
                null,
                null);
    }
}
