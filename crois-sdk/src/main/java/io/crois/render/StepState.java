package io.crois.render;

/** How far a step has come. */
public enum StepState {
    /** Not begun. */
    WAITING("waiting", "○"),
    /** Under way. */
    RUNNING("running", "▶"),
    /** Failed, and tried again. */
    RETRIED("retried", "↻"),
    /** Ended well. */
    SUCCEEDED("succeeded", "✓"),
    /** Ended badly. */
    FAILED("failed", "✗");

    private final String label;
    private final String symbol;

    StepState(String label, String symbol) {
        this.label = label;
        this.symbol = symbol;
    }

    /** Returns the word that a reader sees, in lower case; also the CSS class. */
    public String label() {
        return label;
    }

    /** Returns one character that tells the state without colour. */
    public String symbol() {
        return symbol;
    }
}
