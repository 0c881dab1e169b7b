package io.crois.runtime.lambda;

/** The step did not end within its run budget. */
public final class TimedOut extends StepFailure {
    private static final long serialVersionUID = 1L;

    TimedOut(String message) {
        super(message);
    }
}
