package io.crois.runtime.lambda;

/** The container did not start. */
public final class StartFailed extends StepFailure {
    private static final long serialVersionUID = 1L;

    StartFailed(String message) {
        super(message);
    }
}
