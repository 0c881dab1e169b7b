package io.crois.testkit.engine.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crois.asl.State;
import io.crois.testkit.engine.internal.expression.Expressions;
import io.crois.testkit.engine.internal.expression.Template;
import java.util.Optional;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/** The five filters of JSONPath: InputPath, Parameters, ResultSelector, ResultPath, OutputPath; and Assign. */
final class JsonPathFlow implements DataFlow {

    private static final Template NOTHING = scope -> JsonNodeFactory.instance.objectNode();

    private final @Nullable Template inputPath;
    private final @Nullable Template parameters;
    private final @Nullable Template resultSelector;
    private final @Nullable BinaryOperator<JsonNode> resultPath;
    private final @Nullable Template outputPath;
    private final @Nullable Template assign;

    JsonPathFlow(State state) {
        this.inputPath = path(state.inputPath());
        this.parameters = state.type().equals("Map") ? null : template(state.field("Parameters"));
        this.resultSelector = template(state.field("ResultSelector"));
        this.resultPath = resultPath(state.field("ResultPath"));
        this.outputPath = path(state.outputPath());
        this.assign = template(state.assign());
    }

    @Override
    public JsonNode effectiveInput(Frame frame) {
        JsonNode selected = inputPath == null
                ? frame.input()
                : inputPath.evaluate(new Evaluation(frame, frame.input(), null, null));
        frame.see("afterInputPath", selected);
        return selected;
    }

    @Override
    public JsonNode arguments(Frame frame, JsonNode effectiveInput) {
        JsonNode arguments = parameters == null
                ? effectiveInput
                : parameters.evaluate(new Evaluation(frame, effectiveInput, null, null));
        frame.see("afterParameters", arguments);
        return arguments;
    }

    @Override
    public Exit exit(Frame frame, JsonNode effectiveInput, @Nullable JsonNode result) {
        if (result == null) {
            return new Exit(output(frame, effectiveInput), assigned(frame, assign, effectiveInput));
        }
        JsonNode selected =
                resultSelector == null ? result : resultSelector.evaluate(new Evaluation(frame, result, null, null));
        frame.see("afterResultSelector", selected);
        ObjectNode assigned = assigned(frame, assign, selected);
        JsonNode combined = resultPath == null ? selected : resultPath.apply(frame.input(), selected);
        frame.see("afterResultPath", combined);
        return new Exit(output(frame, combined), assigned);
    }

    private JsonNode output(Frame frame, JsonNode combined) {
        return outputPath == null ? combined : outputPath.evaluate(new Evaluation(frame, combined, null, null));
    }

    /** Returns the output of a choice with the variables that its rule assigns. */
    Exit exitOfRule(Frame frame, JsonNode effectiveInput, @Nullable Template ruleAssign) {
        return new Exit(output(frame, effectiveInput), assigned(frame, ruleAssign, effectiveInput));
    }

    static @Nullable ObjectNode assigned(Frame frame, @Nullable Template assign, JsonNode value) {
        return assign == null ? null : (ObjectNode) assign.evaluate(new Evaluation(frame, value, null, null));
    }

    /** Plans a path that may be {@code null}, which selects an empty object. */
    static @Nullable Template path(Optional<JsonNode> path) {
        if (path.isEmpty() || path.get().asText().equals("$")) {
            return null;
        }
        return path.get().isNull() ? NOTHING : Expressions.path(path.get().asText());
    }

    static @Nullable Template template(Optional<JsonNode> template) {
        return template.map(Expressions::payload).orElse(null);
    }

    /** Plans where a result goes; {@code null} where it replaces the input. */
    static @Nullable BinaryOperator<JsonNode> resultPath(Optional<JsonNode> path) {
        if (path.isEmpty() || path.get().asText().equals("$")) {
            return null;
        }
        return path.get().isNull()
                ? (input, result) -> input
                : Expressions.resultPath(path.get().asText());
    }
}
