package io.crois.runtime.lambda;

/**
 * There is nothing to run: the outputs of an equal attempt were published. The state machine goes on behind the step.
 */
public final class Reused extends RuntimeException {
    private static final long serialVersionUID = 1;

    Reused(String message) {
        super(message, null, false, false);
    }
}
