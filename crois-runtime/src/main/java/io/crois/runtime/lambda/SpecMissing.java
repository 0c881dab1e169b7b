package io.crois.runtime.lambda;

/** The state machine names a step spec that its workflow's deployment does not have. */
public final class SpecMissing extends RuntimeException {
    private static final long serialVersionUID = 1;

    SpecMissing(String message) {
        super(message);
    }
}
