package io.crois.contract;

/** The exit codes by which the agent says that it failed itself; the user's own codes pass through unchanged. */
public enum AgentExit {
    /** The task order could not be read. */
    ORDER_NOT_READABLE(240),
    /** An input could not be fetched or did not have its checksum. */
    INPUT_NOT_FETCHED(241),
    /** A secret could not be fetched. */
    SECRET_NOT_FETCHED(242),
    /** An output could not be stored. */
    OUTPUT_NOT_STORED(243),
    /** A declared output or result is missing or has the wrong type. */
    OUTPUT_MISSING(244),
    /** The run budget was used up. */
    RUN_BUDGET_EXCEEDED(245),
    /** Any other fault of the agent. */
    AGENT_FAULT(249);

    private final int code;

    AgentExit(int code) {
        this.code = code;
    }

    /** Returns the exit code of the process. */
    public int code() {
        return code;
    }
}
