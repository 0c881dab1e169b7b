package io.crois.testkit.engine.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crois.asl.State;
import io.crois.testkit.engine.internal.expression.Expressions;
import io.crois.testkit.engine.internal.expression.Template;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Arguments, Output and Assign of JSONata. */
final class JsonataFlow implements DataFlow {

    private final @Nullable Template arguments;
    private final @Nullable Template output;
    private final @Nullable Template assign;

    JsonataFlow(State state) {
        this.arguments = template(state.field("Arguments"), "Arguments");
        this.output = template(state.output(), "Output");
        this.assign = template(state.assign(), "Assign");
    }

    @Override
    public JsonNode effectiveInput(Frame frame) {
        return frame.input();
    }

    @Override
    public JsonNode arguments(Frame frame, JsonNode effectiveInput) {
        if (arguments == null) {
            return effectiveInput;
        }
        JsonNode evaluated = arguments.evaluate(frame.evaluation());
        frame.see("afterArguments", evaluated);
        return evaluated;
    }

    @Override
    public Exit exit(Frame frame, JsonNode effectiveInput, @Nullable JsonNode result) {
        if (output == null && assign == null) {
            return new Exit(result == null ? effectiveInput : result, null);
        }
        return exit(new Evaluation(frame, effectiveInput, result, null), output, assign, result, effectiveInput);
    }

    /** Evaluates both fields; the output is the result, or else the input, where there is no {@code Output}. */
    static Exit exit(
            Evaluation scope,
            @Nullable Template output,
            @Nullable Template assign,
            @Nullable JsonNode result,
            JsonNode input) {
        ObjectNode assigned = assign == null ? null : (ObjectNode) assign.evaluate(scope);
        JsonNode value = output == null ? (result == null ? input : result) : output.evaluate(scope);
        return new Exit(value, assigned);
    }

    static @Nullable Template template(Optional<JsonNode> template, String field) {
        return template.map(value -> Expressions.jsonata(value, field)).orElse(null);
    }
}
