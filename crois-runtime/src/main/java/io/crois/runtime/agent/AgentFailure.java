package io.crois.runtime.agent;

import io.crois.contract.AgentExit;
import io.crois.contract.TaskReport;
import io.crois.workflow.FailureClass;

/**
 * Ends an attempt with an exit code of the agent's own; the message is for the author and holds no secret and no data.
 */
final class AgentFailure extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final AgentExit exit;
    private final FailureClass failureClass;

    AgentFailure(AgentExit exit, FailureClass failureClass, String message) {
        super(message);
        this.exit = exit;
        this.failureClass = failureClass;
    }

    AgentFailure(AgentExit exit, FailureClass failureClass, String message, Exception cause) {
        super(message, cause);
        this.exit = exit;
        this.failureClass = failureClass;
    }

    int code() {
        return exit.code();
    }

    TaskReport.Failure failure() {
        return new TaskReport.Failure(failureClass, String.valueOf(getMessage()));
    }
}
