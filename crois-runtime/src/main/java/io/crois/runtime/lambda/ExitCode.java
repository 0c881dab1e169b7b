package io.crois.runtime.lambda;

/** The user's command ended with a code other than 0. */
public final class ExitCode extends StepFailure {
    private static final long serialVersionUID = 1L;

    ExitCode(String message) {
        super(message);
    }
}
