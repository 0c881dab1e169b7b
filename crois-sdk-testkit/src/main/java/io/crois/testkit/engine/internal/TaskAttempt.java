package io.crois.testkit.engine.internal;

import com.fasterxml.jackson.databind.JsonNode;
import io.crois.testkit.engine.TaskCompletion;
import io.crois.testkit.engine.TaskIntegration;
import io.crois.testkit.engine.TaskRequest;
import io.crois.testkit.engine.TaskResource;
import io.crois.testkit.engine.TaskResource.Kind;
import io.crois.testkit.engine.internal.expression.StatesError;
import io.crois.testkit.engine.internal.history.TaskDetails;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sfn.model.HistoryEventType;

/** One attempt of a Task state, from its scheduling to its end. */
public final class TaskAttempt implements Activity, TaskCompletion {

    private final Frame frame;
    private final TaskEvents events;
    private final TaskResource resource;
    private final @Nullable TaskIntegration integration;
    private final JsonNode arguments;
    private final @Nullable Long timeoutSeconds;
    private final @Nullable Long heartbeatSeconds;
    private final @Nullable String role;
    private TaskIntegration.Cancellation cancellation = TaskIntegration.Cancellation.NONE;
    private @Nullable Activity timeout;
    private @Nullable Activity heartbeat;
    private boolean isDone;

    TaskAttempt(
            Frame frame,
            TaskResource resource,
            @Nullable TaskIntegration integration,
            JsonNode arguments,
            @Nullable Long timeoutSeconds,
            @Nullable Long heartbeatSeconds,
            @Nullable String role) {
        this.frame = frame;
        this.events = new TaskEvents(frame, resource);
        this.resource = resource;
        this.integration = integration;
        this.arguments = arguments;
        this.timeoutSeconds = timeoutSeconds;
        this.heartbeatSeconds = heartbeatSeconds;
        this.role = role;
    }

    void start() {
        events.scheduled(arguments, timeoutSeconds, heartbeatSeconds, role);
        frame.await(this);
        String token = frame.taskToken();
        if (token != null) {
            execution().surroundings().tokens().wait(token, this);
        }
        if (resource.kind() == Kind.ACTIVITY) {
            execution().surroundings().tokens().offer(resource.arn(), this);
        } else {
            startTimeout();
            begin();
        }
    }

    private void startTimeout() {
        if (timeoutSeconds != null) {
            timeout = execution().after(Duration.ofSeconds(timeoutSeconds), this::timeOut);
        }
    }

    private void begin() {
        events.started(null);
        restartHeartbeat();
        if (integration == null) {
            failed("States.TaskFailed", "`" + resource.arn() + "` is not in memory: no integration runs such tasks.");
            return;
        }
        TaskIntegration.Cancellation started = integration.start(request(), this);
        if (!isDone) {
            cancellation = started;
        }
    }

    private TaskRequest request() {
        String roleArn = role == null ? execution().identity().roleArn() : role;
        return new TaskRequest(
                resource,
                arguments,
                frame.state().name(),
                execution().identity().arn(),
                frame.taskToken(),
                roleArn);
    }

    /** A worker takes this activity's task; the time for it begins only now. */
    public void take(@Nullable String workerName) {
        events.started(workerName);
        startTimeout();
        restartHeartbeat();
    }

    /** Returns the activity whose worker does this; empty where no worker is asked. */
    Optional<String> activity() {
        return resource.kind() == Kind.ACTIVITY ? Optional.of(resource.arn()) : Optional.empty();
    }

    /** Returns whether nobody waits for it any longer. */
    public boolean isDone() {
        return isDone;
    }

    /** Returns what the worker is given. */
    public JsonNode arguments() {
        return arguments;
    }

    /** Returns the token by which the worker answers. */
    public @Nullable String token() {
        return frame.taskToken();
    }

    /** Somebody tells that the work goes on. */
    public void beat() {
        if (!isDone) {
            restartHeartbeat();
        }
    }

    private void restartHeartbeat() {
        if (heartbeat != null) {
            heartbeat.cancel();
        }
        if (heartbeatSeconds != null) {
            heartbeat =
                    execution().after(Duration.ofSeconds(heartbeatSeconds), () -> timedOut(StatesError.heartbeat()));
        }
    }

    @Override
    public void submitted(JsonNode output) {
        execution().resume(() -> {
            if (!isDone) {
                frame.record(
                        HistoryEventType.TASK_SUBMITTED,
                        new TaskDetails.Answered(resource.service(), resource.actionAndPattern(), output));
            }
        });
    }

    @Override
    public void succeeded(JsonNode output) {
        execution().resume(() -> {
            if (finish()) {
                try {
                    execution().requireSize(output, events.producer());
                } catch (StatesError tooLarge) {
                    events.failed(tooLarge);
                    frame.fail(tooLarge);
                    return;
                }
                events.succeeded(output);
                frame.succeed(output);
            }
        });
    }

    @Override
    public void failed(String error, @Nullable String cause) {
        fail(StatesError.of(error, cause));
    }

    /** A worker failed; it need not name an error. */
    public void fail(StatesError error) {
        execution().resume(() -> {
            if (finish()) {
                events.failed(error);
                frame.fail(error);
            }
        });
    }

    private void timeOut() {
        timedOut(StatesError.of(StatesError.TIMEOUT, null));
    }

    private void timedOut(StatesError error) {
        if (finish()) {
            cancellation.cancel();
            events.timedOut(error);
            frame.fail(error);
        }
    }

    @Override
    public void cancel() {
        if (finish()) {
            cancellation.cancel();
        }
    }

    private boolean finish() {
        if (isDone) {
            return false;
        }
        isDone = true;
        if (timeout != null) {
            timeout.cancel();
        }
        if (heartbeat != null) {
            heartbeat.cancel();
        }
        String token = frame.taskToken();
        if (token != null) {
            execution().surroundings().tokens().end(token);
        }
        return true;
    }

    private Execution execution() {
        return frame.execution();
    }
}
