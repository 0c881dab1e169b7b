package io.crois.runtime.lambda;

/** AWS took the Spot capacity back, and too often to try again. */
public final class SpotReclaimed extends StepFailure {
    private static final long serialVersionUID = 1L;

    SpotReclaimed(String message) {
        super(message);
    }
}
