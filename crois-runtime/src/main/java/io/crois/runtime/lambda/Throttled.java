package io.crois.runtime.lambda;

/** A service refused calls because there were too many. */
public final class Throttled extends StepFailure {
    private static final long serialVersionUID = 1L;

    Throttled(String message) {
        super(message);
    }
}
