package io.crois.execution;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * An item of a forEach whose iteration has failed.
 *
 * @param index its place in the list, from 0
 * @param item the item itself
 * @param failure the attempt that failed for good; of several the one that began first
 */
public record FailedItem(int index, JsonNode item, StepAttempt failure) {

    /** Returns the place and the reason, but not the item: it may be confidential. */
    @Override
    public String toString() {
        return failure.step() + "#" + failure.attempt()
                + failure.failureMessage().map(message -> ": " + message).orElse("");
    }
}
