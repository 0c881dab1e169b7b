package io.crois.asl;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One finding about a definition, as ValidateStateMachineDefinition reports it.
 *
 * @param code what kind of problem it is, {@code SCHEMA_VALIDATION_FAILED} for example
 * @param severity whether the definition can be used nevertheless
 * @param place where it is, {@code /States/train/Resource} for example; {@code null} where the service names no place
 * @param message the finding in the service's words
 */
public record Diagnostic(
        String code, Severity severity, @Nullable String place, String message) {
    static final String SCHEMA = "SCHEMA_VALIDATION_FAILED";

    /** Whether a machine can be made of the definition. */
    public enum Severity {
        /** It cannot. */
        ERROR,
        /** It can, but something looks wrong. */
        WARNING
    }

    /** Returns where the problem is; empty where the service names no place. */
    public Optional<String> location() {
        return Optional.ofNullable(place);
    }

    /**
     * Returns code, message and place in one line, as CreateStateMachine puts them together in its refusal, which says
     * {@code at null} where there is no place.
     */
    public String describe() {
        return code + ": " + message + " at " + place;
    }

    static Diagnostic error(String code, @Nullable String place, String message) {
        return new Diagnostic(code, Severity.ERROR, place, message);
    }
}
