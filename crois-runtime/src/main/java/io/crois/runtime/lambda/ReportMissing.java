package io.crois.runtime.lambda;

/** The container ended with 0, but its agent left no report: whoever ended it was not the agent. */
public final class ReportMissing extends RuntimeException {
    private static final long serialVersionUID = 1;

    ReportMissing(String message) {
        super(message);
    }
}
