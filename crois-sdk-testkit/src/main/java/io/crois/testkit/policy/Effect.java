package io.crois.testkit.policy;

/** What a statement does for the requests that it matches. */
public enum Effect {
    ALLOW,
    DENY
}
