package io.crois.asl;

/**
 * Says that a text or a JSON value is not shaped like the Amazon States Language; the definition has to be repaired.
 */
public final class AslFormatException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String place;

    AslFormatException(String place, String message) {
        super(place + ": " + message);
        this.place = place;
    }

    /** Returns where the problem lies, as a path of field names such as {@code /States/train/Retry/0}. */
    public String place() {
        return place;
    }
}
