package io.crois.runtime.lambda;

/** The step failed, and what AWS reported does not tell why. */
public final class UnknownFailure extends StepFailure {
    private static final long serialVersionUID = 1L;

    UnknownFailure(String message) {
        super(message);
    }
}
