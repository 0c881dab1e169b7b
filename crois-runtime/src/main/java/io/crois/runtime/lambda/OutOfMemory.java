package io.crois.runtime.lambda;

/** The container was killed because it used more memory than it had. */
public final class OutOfMemory extends StepFailure {
    private static final long serialVersionUID = 1L;

    OutOfMemory(String message) {
        super(message);
    }
}
