package io.crois.asl.internal;

/** What a value must be. */
@FunctionalInterface
interface ValueRule {
    void check(Part value);
}
