package io.crois.workflow;

/**
 * A secret that a step reads from its project.
 *
 * @param kind whether {@code name} is an environment variable or a file below {@code $CROIS_SECRETS}
 * @param secret the secret's name within the project
 */
public record Secret(Kind kind, String name, String secret) {
    /** How a secret reaches the user's command. */
    public enum Kind {
        /** As an environment variable. */
        VARIABLE,
        /** As a file that only its owner can read. */
        FILE
    }
}
