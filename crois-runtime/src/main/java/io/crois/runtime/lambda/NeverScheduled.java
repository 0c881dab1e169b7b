package io.crois.runtime.lambda;

/** No machine was found within the queue budget. */
public final class NeverScheduled extends StepFailure {
    private static final long serialVersionUID = 1L;

    NeverScheduled(String message) {
        super(message);
    }
}
