package io.crois.testkit.engine.internal;

import com.fasterxml.jackson.databind.JsonNode;
import io.crois.asl.QueryLanguage;
import io.crois.asl.TaskState;
import io.crois.testkit.engine.TaskIntegration;
import io.crois.testkit.engine.TaskIntegrations;
import io.crois.testkit.engine.TaskResource;
import io.crois.testkit.engine.TaskResource.Kind;
import io.crois.testkit.engine.TaskResource.WaitPattern;
import io.crois.testkit.engine.internal.expression.Expressions;
import io.crois.testkit.engine.internal.expression.StatesError;
import io.crois.testkit.engine.internal.expression.Template;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Has work done elsewhere. */
final class TaskPlan extends PlannedState {

    private final TaskResource resource;
    private final @Nullable TaskIntegration integration;
    private final NumberField timeout;
    private final NumberField heartbeat;
    private final @Nullable Template credentials;

    TaskPlan(Basics basics, TaskState state, QueryLanguage language, TaskIntegrations integrations) {
        super(basics);
        this.resource = TaskResource.parse(state.resource().orElse(""));
        this.integration = resource.kind() == Kind.ACTIVITY
                ? null
                : integrations.find(resource).orElse(null);
        this.timeout = NumberField.of(state, "TimeoutSeconds", language);
        this.heartbeat = NumberField.of(state, "HeartbeatSeconds", language);
        this.credentials = credentials(state, language).orElse(null);
    }

    private static Optional<Template> credentials(TaskState state, QueryLanguage language) {
        return state.credentials()
                .map(value -> language == QueryLanguage.JSONATA
                        ? Expressions.jsonata(value, "Credentials")
                        : Expressions.payload(value));
    }

    @Override
    void begin(Frame frame) {
        Surroundings surroundings = frame.execution().surroundings();
        frame.taskToken(needsToken() ? surroundings.tokens().newToken() : null);
        JsonNode arguments = flow().arguments(frame, frame.effectiveInput());
        if (arguments != frame.effectiveInput()) {
            frame.execution().requireSize(arguments, name());
        }
        Long timeoutSeconds = timeout.read(frame);
        Long heartbeatSeconds = heartbeat.read(frame);
        if (resource.kind() == Kind.ACTIVITY && !surroundings.tokens().isOpen(resource.arn())) {
            throw StatesError.runtime("The activity " + resource.arn() + " does not exist.");
        }
        String role = credentials == null
                ? null
                : credentials.evaluate(frame.evaluation()).path("RoleArn").asText();
        new TaskAttempt(frame, resource, integration, arguments, timeoutSeconds, heartbeatSeconds, role).start();
    }

    @Override
    void rehearse(Frame frame, Inspection inspection) {
        frame.taskToken(needsToken() ? frame.execution().surroundings().tokens().newToken() : null);
        flow().arguments(frame, frame.effectiveInput());
        timeout.read(frame);
        heartbeat.read(frame);
        Inspection.Mock mock = inspection.setting().mock();
        if (mock != null && mock.result() != null) {
            frame.see("result", mock.result());
        }
        end(frame, mock);
    }

    private boolean needsToken() {
        return resource.kind() == Kind.ACTIVITY || resource.pattern() != WaitPattern.REQUEST_RESPONSE;
    }
}
