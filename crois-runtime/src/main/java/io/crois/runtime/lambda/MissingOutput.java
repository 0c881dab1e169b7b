package io.crois.runtime.lambda;

/** The command ended with 0, but an output or a result that the step declares is not there. */
public final class MissingOutput extends RuntimeException {
    private static final long serialVersionUID = 1;

    MissingOutput(String message) {
        super(message);
    }
}
