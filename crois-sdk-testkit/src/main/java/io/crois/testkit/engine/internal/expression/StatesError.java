package io.crois.testkit.engine.internal.expression;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** An error of the language, with the name that retriers and catchers match; it has no stack trace. */
public final class StatesError extends RuntimeException {

    /** The machine cannot go on; neither retried nor caught. */
    public static final String RUNTIME = "States.Runtime";

    /** A JSONata expression failed. */
    public static final String QUERY_EVALUATION = "States.QueryEvaluationError";

    /** A task took too long, or was silent for too long. */
    public static final String TIMEOUT = "States.Timeout";

    private static final long serialVersionUID = 1L;

    private final @Nullable String error;
    private final @Nullable String cause;
    private final @Nullable String location;
    private final boolean isPlaced;
    private final boolean isHeartbeat;

    private StatesError(
            @Nullable String error,
            @Nullable String cause,
            @Nullable String location,
            boolean isPlaced,
            boolean isHeartbeat) {
        super(cause, null, false, false);
        this.error = error;
        this.cause = cause;
        this.location = location;
        this.isPlaced = isPlaced;
        this.isHeartbeat = isHeartbeat;
    }

    /** Creates an error whose cause is told as it stands. */
    public static StatesError of(@Nullable String error, @Nullable String cause) {
        return new StatesError(error, cause, null, true, false);
    }

    /** Creates an error whose cause begins, when it is told, with the state in which it happened. */
    public static StatesError inState(String error, String cause, @Nullable String location) {
        return new StatesError(error, cause, location, false, false);
    }

    /** Creates an error of a field whose cause is told as it stands. */
    public static StatesError placed(String error, String cause, String location) {
        return new StatesError(error, cause, location, true, false);
    }

    /** Creates {@code States.Runtime}; the cause begins with the state. */
    public static StatesError runtime(String cause) {
        return inState(RUNTIME, cause, null);
    }

    /** Creates the timeout of a task that sent no heartbeat. */
    public static StatesError heartbeat() {
        return new StatesError(TIMEOUT, null, null, true, true);
    }

    /** Returns this error told from the given state. */
    public StatesError in(String state, int enteredEvent) {
        if (isPlaced) {
            return this;
        }
        String placed = "An error occurred while executing the state '" + state + "' (entered at the event id #"
                + enteredEvent + "). " + cause;
        return new StatesError(error, placed, location, true, isHeartbeat);
    }

    /** Returns the error's name, such as {@code States.TaskFailed}; {@code null} when a worker named none. */
    public @Nullable String error() {
        return error;
    }

    /** Returns the readable text, which can be JSON. */
    public @Nullable String cause() {
        return cause;
    }

    /** Returns the field whose expression failed, such as {@code Output/model}. */
    public @Nullable String location() {
        return location;
    }

    /** Returns whether the machine cannot go on. */
    public boolean isFatal() {
        return RUNTIME.equals(error);
    }

    /** Returns whether there was more data than the service takes. */
    public boolean isOverLimit() {
        return "States.DataLimitExceeded".equals(error);
    }

    /** Returns whether a JSONata expression failed. */
    public boolean isEvaluation() {
        return QUERY_EVALUATION.equals(error);
    }

    /** Returns whether a name in {@code ErrorEquals} means this error. */
    public boolean matches(String name) {
        return switch (name) {
            case "States.ALL" -> !isFatal();
            case "States.TaskFailed" -> !isFatal() && !TIMEOUT.equals(error);
            case "States.HeartbeatTimeout" -> isHeartbeat || name.equals(error);
            default -> name.equals(error);
        };
    }

    /** Returns the error as catchers see it. */
    public ObjectNode output() {
        return JsonNodeFactory.instance.objectNode().put("Error", error).put("Cause", cause);
    }
}
