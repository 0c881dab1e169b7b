package io.crois.runtime.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import io.crois.contract.AgentExit;
import io.crois.contract.RouteRequest;
import io.crois.contract.TaskReport;
import io.crois.workflow.FailureClass;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tells why an attempt failed, from the error as Step Functions gives it and from the agent's report.
 *
 * <p>The agent knows best, but for two things that only the platform sees, and which the agent takes for a signal: the
 * container had no memory left, or AWS took the machine back. Any text is a valid cause.
 */
final class FailureClassifier {
    private static final int LONGEST_REASON = 500;
    private static final String TIMEOUT = "States.Timeout";
    private static final List<FailureClass> SEEN_BY_THE_PLATFORM =
            List.of(FailureClass.OUT_OF_MEMORY, FailureClass.SPOT_RECLAIMED);
    private static final List<String> ENDED_BY_MACHINE = List.of("InfrastructureHealth", "TerminationNotice");

    private final String error;
    private final String cause;
    private final @Nullable TaskReport report;
    private final boolean started;

    private FailureClassifier(RouteRequest.ErrorOutput error, @Nullable TaskReport report, boolean started) {
        this.error = Objects.requireNonNullElse(error.error(), "");
        this.cause = Objects.requireNonNullElse(error.cause(), "");
        this.report = report;
        this.started = started || report != null;
    }

    /**
     * Returns why an attempt failed.
     *
     * @param report of the attempt, or {@code null} when its agent left none
     * @param started whether the container is known to have started
     */
    static Failed classify(RouteRequest.ErrorOutput error, @Nullable TaskReport report, boolean started) {
        return new FailureClassifier(error, report, started).classify();
    }

    private Failed classify() {
        JsonNode json = ContainerEnd.cause(cause);
        ContainerEnd end = ContainerEnd.read(json);
        Optional<FailureClass> seen =
                Signs.in(end == null ? "" : end.stopCode() + " " + end.text()).filter(SEEN_BY_THE_PLATFORM::contains);
        if (end != null && seen.isPresent()) {
            return told(seen.get(), end);
        }
        if (report != null && report.failure() != null && !stoppedByTimeout(report.failure())) {
            return reported(report, report.failure());
        }
        if (end != null) {
            return ended(end);
        }
        if (error.equals(TIMEOUT)) {
            return timedOut();
        }
        return json.has("errorType") || json.has("errorMessage") ? function(json) : service();
    }

    /** The agent cannot know that it was Step Functions that stopped the command, and why. */
    private boolean stoppedByTimeout(TaskReport.Failure failure) {
        return error.equals(TIMEOUT) && failure.failureClass() == FailureClass.EXIT_CODE;
    }

    private static Failed reported(TaskReport report, TaskReport.Failure failure) {
        return new Failed(failure.failureClass(), report.exitCode(), failure.message());
    }

    private Failed ended(ContainerEnd end) {
        Integer exitCode = end.exitCode();
        FailureClass sign = Signs.in(end.text()).orElse(null);
        if (exitCode == null) {
            return told(sign == null ? neverRan(end) : sign, end);
        }
        if (sign == FailureClass.TIMED_OUT) {
            return told(sign, end);
        }
        if (exitCode == 0) {
            return new Failed(
                    FailureClass.AGENT_FAULT,
                    exitCode,
                    "The step's container ended with 0, but another container of its task did not.");
        }
        return exited(exitCode);
    }

    private static FailureClass neverRan(ContainerEnd end) {
        return ENDED_BY_MACHINE.contains(end.stopCode())
                ? FailureClass.AGENT_FAULT
                : Signs.in(end.stopCode()).orElse(FailureClass.UNKNOWN);
    }

    private static Failed exited(int code) {
        if (code == AgentExit.OUTPUT_MISSING.code()) {
            return new Failed(
                    FailureClass.MISSING_OUTPUT, code, "A declared output or result is missing or has the wrong type.");
        }
        if (code == AgentExit.RUN_BUDGET_EXCEEDED.code()) {
            return new Failed(FailureClass.TIMED_OUT, code, "The command did not end within its run budget.");
        }
        for (AgentExit exit : AgentExit.values()) {
            if (exit.code() == code) {
                return new Failed(FailureClass.AGENT_FAULT, code, "The agent ended with " + exit + ".");
            }
        }
        return new Failed(FailureClass.EXIT_CODE, code, "The command ended with exit code " + code + ".");
    }

    private Failed timedOut() {
        if (report != null && report.failure() == null) {
            return new Failed(
                    FailureClass.AGENT_FAULT,
                    report.exitCode(),
                    "The command ended, but what it left was not stored in time.");
        }
        return started
                ? new Failed(FailureClass.TIMED_OUT, exitCode(), "The step did not end within its run budget.")
                : new Failed(
                        FailureClass.NEVER_SCHEDULED, null, "The step's container did not start within its budget.");
    }

    /** The run succeeded, but the function that publishes what it left failed. */
    private Failed function(JsonNode json) {
        String name = error.substring(error.lastIndexOf('.') + 1);
        String message = shortened(json.path("errorMessage").asText(""));
        FailureClass failureClass = switch (name) {
            case "MissingOutput" -> FailureClass.MISSING_OUTPUT;
            case "ReportMissing" -> FailureClass.AGENT_FAULT;
            case "SpecMissing" -> FailureClass.UNKNOWN;
            default -> Signs.in(error + " " + message).orElse(FailureClass.AGENT_FAULT);
        };
        return new Failed(failureClass, exitCode(), message.isEmpty() ? failedWith(name) : message);
    }

    /** A service refused, or gave a cause in words. */
    private Failed service() {
        FailureClass failureClass = Signs.in(error + " " + cause).orElseGet(this::byName);
        boolean data = cause.startsWith("{") || cause.startsWith("[") || cause.isBlank();
        return new Failed(failureClass, exitCode(), data ? failedWith(error) : error + ": " + shortened(cause));
    }

    private FailureClass byName() {
        if (error.startsWith("Lambda.")) {
            return FailureClass.AGENT_FAULT;
        }
        boolean passing = error.endsWith(".ServerException") || error.endsWith(".SdkClientException");
        return passing ? FailureClass.START_FAILED : FailureClass.UNKNOWN;
    }

    private @Nullable Integer exitCode() {
        return report == null ? null : (Integer) report.exitCode();
    }

    private static Failed told(FailureClass failureClass, ContainerEnd end) {
        String what = switch (failureClass) {
            case OUT_OF_MEMORY -> "The container was killed because it used more memory than it had";
            case SPOT_RECLAIMED -> "AWS took the Spot capacity back";
            case ACCESS_DENIED -> "A role or a key does not allow what the step needs";
            case IMAGE_PULL -> "The image could not be pulled";
            case NEVER_SCHEDULED -> "No machine was found for the step";
            case TIMED_OUT -> "The step did not end in time";
            case START_FAILED -> "The container did not start";
            case THROTTLED -> "A service refused calls because there were too many";
            case AGENT_FAULT -> "The machine under the container failed";
            default -> "The container ended without an exit code";
        };
        String reason = shortened(end.text());
        return new Failed(failureClass, end.exitCode(), reason.isEmpty() ? what + "." : what + ": " + reason);
    }

    private static String failedWith(String name) {
        return name.isEmpty() ? "No error was given." : "It failed with " + shortened(name) + ".";
    }

    private static String shortened(String reason) {
        return reason.length() <= LONGEST_REASON ? reason : reason.substring(0, LONGEST_REASON) + "…";
    }
}
