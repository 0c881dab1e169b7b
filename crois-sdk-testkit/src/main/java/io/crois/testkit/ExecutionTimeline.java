package io.crois.testkit;

import io.crois.execution.Execution;
import io.crois.execution.StepAttempt;
import java.util.List;
import java.util.stream.Collectors;

/** An execution as text: what it ended with, and each attempt of a step with its times. */
final class ExecutionTimeline {
    private ExecutionTimeline() {}

    /** Returns a headline and the attempts. */
    static String of(Execution execution) {
        String failure = execution.failure().map(cause -> " (" + cause + ")").orElse("");
        return "Execution " + execution.name() + " is " + execution.status() + failure + ".\n" + attempts(execution);
    }

    /** Returns one line an attempt, in the order of their starts. */
    static String attempts(Execution execution) {
        List<StepAttempt> attempts = execution.attempts();
        return attempts.isEmpty()
                ? "No step has begun."
                : attempts.stream().map(ExecutionTimeline::line).collect(Collectors.joining("\n", "Timeline:\n", ""));
    }

    private static String line(StepAttempt attempt) {
        String end = attempt.end() == null ? "…" : attempt.end().toString();
        return "  " + attempt.start() + " to " + end + "  " + attempt.step() + " #" + attempt.attempt() + " "
                + attempt.status()
                + attempt.failureMessage().map(text -> ": " + text).orElse("");
    }
}
