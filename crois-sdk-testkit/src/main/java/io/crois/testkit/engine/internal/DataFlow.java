package io.crois.testkit.engine.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** How data enters and leaves a state, in its query language. */
interface DataFlow {

    /** Returns the input that the state works on: what {@code InputPath} selects, or all of it. */
    JsonNode effectiveInput(Frame frame);

    /** Returns what {@code Parameters} or {@code Arguments} make of the input; the input when there is neither. */
    JsonNode arguments(Frame frame, JsonNode effectiveInput);

    /**
     * Returns how the state ends.
     *
     * @param effectiveInput what {@link #effectiveInput} returned
     * @param result the state's result; {@code null} when states of its kind have none
     */
    Exit exit(Frame frame, JsonNode effectiveInput, @Nullable JsonNode result);

    /** A state's output and the variables that it assigns. */
    record Exit(JsonNode output, @Nullable ObjectNode assigned) {}
}
