package io.crois.testkit.engine.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crois.testkit.engine.internal.Frame.MapItem;
import org.jspecify.annotations.Nullable;

/** What an expression of a state can see. */
final class Evaluation {

    private final Frame frame;
    private final JsonNode input;
    private final @Nullable JsonNode result;
    private final @Nullable JsonNode errorOutput;
    private final @Nullable MapItem item;
    private @Nullable ObjectNode context;

    Evaluation(Frame frame, JsonNode input, @Nullable JsonNode result, @Nullable JsonNode errorOutput) {
        this(frame, input, result, errorOutput, frame.item());
    }

    /** Sees another item than the frame's own: that of an iteration to come. */
    Evaluation(
            Frame frame,
            JsonNode input,
            @Nullable JsonNode result,
            @Nullable JsonNode errorOutput,
            @Nullable MapItem item) {
        this.frame = frame;
        this.input = input;
        this.result = result;
        this.errorOutput = errorOutput;
        this.item = item;
    }

    JsonNode input() {
        return input;
    }

    @Nullable
    JsonNode result() {
        return result;
    }

    @Nullable
    JsonNode errorOutput() {
        return errorOutput;
    }

    @Nullable
    JsonNode variable(String name) {
        return frame.variables().get(name);
    }

    JsonNode context() {
        if (context == null) {
            context = ContextObject.of(frame, item);
        }
        return context;
    }
}
