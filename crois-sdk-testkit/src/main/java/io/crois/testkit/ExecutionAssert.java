package io.crois.testkit;

import io.crois.contract.ExecutionStatus;
import io.crois.contract.StepStatus;
import io.crois.execution.Execution;
import io.crois.execution.ExecutionFailure;
import io.crois.execution.StepAttempt;
import java.util.List;
import org.assertj.core.api.AbstractAssert;

/** Assertions on an execution; what they say when they fail holds the timeline. */
public final class ExecutionAssert extends AbstractAssert<ExecutionAssert, Execution> {

    private ExecutionAssert(Execution actual) {
        super(actual, ExecutionAssert.class);
    }

    /** Returns assertions on an execution. */
    public static ExecutionAssert assertThat(Execution actual) {
        return new ExecutionAssert(actual);
    }

    /** Expects that it has ended well. */
    public ExecutionAssert succeeded() {
        return hasStatus(ExecutionStatus.SUCCEEDED);
    }

    /** Expects that it has ended with a failure. */
    public ExecutionAssert failed() {
        return hasStatus(ExecutionStatus.FAILED);
    }

    /** Expects a status. */
    public ExecutionAssert hasStatus(ExecutionStatus status) {
        ExecutionStatus found = actual.status();
        if (found != status) {
            failWithMessage(
                    "Execution <%s> should be %s, but is %s%s.%n%s",
                    actual.name(), status, found, reason(), timeline());
        }
        return this;
    }

    /** Returns assertions on a step: its name, below its iterations {@code tune[3]/train} if it has any. */
    public StepAssert step(String path) {
        return new StepAssert(path);
    }

    private String reason() {
        return actual.failure()
                .map(ExecutionFailure::toString)
                .map(text -> " (" + text + ")")
                .orElse("");
    }

    private String timeline() {
        return ExecutionTimeline.attempts(actual);
    }

    /** Assertions on one step of the execution. */
    public final class StepAssert {
        private final String path;

        private StepAssert(String path) {
            this.path = path;
        }

        /** Expects that its last attempt has ended well. */
        public ExecutionAssert succeeded() {
            return ended(StepStatus.SUCCEEDED);
        }

        /** Expects that its last attempt has failed. */
        public ExecutionAssert failed() {
            return ended(StepStatus.FAILED);
        }

        /** Expects a number of attempts; 0 means that it has not begun. */
        public ExecutionAssert ranTimes(int attempts) {
            int found = latest().stream().mapToInt(StepAttempt::attempt).sum();
            if (found != attempts) {
                failWithMessage(
                        "Step <%s> should have had %s attempts, but had %s.%n%s", path, attempts, found, timeline());
            }
            return ExecutionAssert.this;
        }

        private ExecutionAssert ended(StepStatus status) {
            List<StepStatus> found = latest().stream().map(StepAttempt::status).toList();
            if (!found.equals(List.of(status))) {
                failWithMessage(
                        "Step <%s> should be %s, but is %s.%n%s",
                        path, status, found.isEmpty() ? "not there" : found.get(0), timeline());
            }
            return ExecutionAssert.this;
        }

        private List<StepAttempt> latest() {
            return actual.steps().stream()
                    .filter(step -> step.step().equals(path))
                    .toList();
        }
    }
}
