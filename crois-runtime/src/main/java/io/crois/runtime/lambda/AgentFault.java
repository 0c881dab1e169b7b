package io.crois.runtime.lambda;

/** The agent or the platform failed; the user's command is not to blame. */
public final class AgentFault extends StepFailure {
    private static final long serialVersionUID = 1L;

    AgentFault(String message) {
        super(message);
    }
}
