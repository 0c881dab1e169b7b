package io.crois.compile;

/**
 * A limit of AWS that a compiled workflow passes, or may pass.
 *
 * @param place the element, or the workflow
 * @param message what was found, what is allowed and how to repair it
 */
public record QuotaProblem(Severity severity, String place, String message) {

    /** How sure it is. */
    public enum Severity {
        /** AWS refuses the definition, or every execution fails. */
        ERROR,
        /** Some executions fail, depending on the data. */
        WARNING
    }

    @Override
    public String toString() {
        return place + ": " + message;
    }
}
