package io.crois.workflow;

/** The root of what Crois throws on purpose. Unchecked; its message says where, what and how to repair it. */
public class CroisException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public CroisException(String message) {
        super(message);
    }

    public CroisException(String message, Throwable cause) {
        super(message, cause);
    }
}
