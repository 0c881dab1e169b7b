package io.crois.runtime.lambda;

/** A role or a key does not allow what the step needs. */
public final class AccessDenied extends StepFailure {
    private static final long serialVersionUID = 1L;

    AccessDenied(String message) {
        super(message);
    }
}
