package io.crois.testkit.engine.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crois.testkit.engine.internal.Frame.MapItem;
import io.crois.testkit.engine.internal.expression.Scope;
import java.time.Instant;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** What an expression of a state can see. */
final class Evaluation implements Scope {

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

    @Override
    public JsonNode input() {
        return input;
    }

    @Override
    @Nullable
    public JsonNode result() {
        return result;
    }

    @Override
    @Nullable
    public JsonNode errorOutput() {
        return errorOutput;
    }

    @Override
    @Nullable
    public JsonNode variable(String name) {
        return frame.variables().get(name);
    }

    @Override
    public JsonNode context() {
        if (context == null) {
            context = ContextObject.of(frame, item);
        }
        return context;
    }

    @Override
    public Instant now() {
        return frame.execution().now();
    }

    @Override
    public RandomGenerator random() {
        return frame.execution().random();
    }
}
