package io.crois.runtime.lambda;

/** The command ended with 0, but an output or a result that the step declares is not there. */
public final class MissingOutput extends StepFailure {
    private static final long serialVersionUID = 1L;

    MissingOutput(String message) {
        super(message);
    }
}
