package io.crois.runtime.bundle;

/** The bundle cannot be made on this machine; the message says what is missing. */
final class NotPossible extends RuntimeException {
    private static final long serialVersionUID = 1;

    NotPossible(String message) {
        super(message);
    }
}
