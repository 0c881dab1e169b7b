package io.crois.testkit.engine;

/** An object cannot be read or written. */
public final class ObjectStoreException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String code;

    /**
     * Creates the exception.
     *
     * @param code of the service, such as {@code NoSuchKey}
     * @param message of the service
     */
    public ObjectStoreException(String code, String message) {
        super(message);
        this.code = code;
    }

    /** Returns the service's error code, such as {@code NoSuchKey} or {@code AccessDenied}. */
    public String code() {
        return code;
    }
}
