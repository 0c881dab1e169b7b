package io.crois.asl;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;

/**
 * A state of a machine; its name is the key under which {@link StateMachine#states()} holds it.
 *
 * <p>Accessors that answer {@code Optional<JsonNode>} tell three things apart: an absent field (empty), the value
 * {@code null} (a null node), and any other value. A field that may hold a number or a JSONata text is answered as it
 * stands.
 */
public abstract sealed class State extends FieldsValue
        permits ChoiceState, FailState, MapState, ParallelState, PassState, SucceedState, TaskState, WaitState {
    static final List<String> ORDER = List.of(
            "Type",
            "Comment",
            "QueryLanguage",
            "InputPath",
            "Parameters",
            "ItemsPath",
            "Items",
            "ItemReader",
            "ItemSelector",
            "ItemBatcher",
            "Resource",
            "Arguments",
            "Credentials",
            "Result",
            "Choices",
            "Default",
            "Seconds",
            "SecondsPath",
            "Timestamp",
            "TimestampPath",
            "Error",
            "ErrorPath",
            "Cause",
            "CausePath",
            "Branches",
            "ItemProcessor",
            "Iterator",
            "MaxConcurrency",
            "MaxConcurrencyPath",
            "ToleratedFailureCount",
            "ToleratedFailureCountPath",
            "ToleratedFailurePercentage",
            "ToleratedFailurePercentagePath",
            "Label",
            "ResultWriter",
            "TimeoutSeconds",
            "TimeoutSecondsPath",
            "HeartbeatSeconds",
            "HeartbeatSecondsPath",
            "ResultSelector",
            "ResultPath",
            "OutputPath",
            "Assign",
            "Output",
            "Retry",
            "Catch",
            "Next",
            "End");

    State(Fields fields) {
        super(fields);
    }

    static State read(Fields fields) {
        String type = fields.requiredText("Type");
        return switch (type) {
            case "Pass" -> new PassState(fields);
            case "Task" -> new TaskState(fields);
            case "Choice" -> new ChoiceState(fields);
            case "Wait" -> new WaitState(fields);
            case "Succeed" -> new SucceedState(fields);
            case "Fail" -> new FailState(fields);
            case "Parallel" -> new ParallelState(fields);
            case "Map" -> new MapState(fields);
            default -> throw new AslFormatException(fields.place(), "There is no state of `Type` `" + type + "`.");
        };
    }

    /** Returns {@code Type} as the definition spells it, {@code Pass} for example. */
    public final String type() {
        return fields.requiredText("Type");
    }

    /** Returns {@code Comment}. */
    public final Optional<String> comment() {
        return fields.text("Comment");
    }

    /** Returns {@code QueryLanguage} as this state itself states it. */
    public final Optional<QueryLanguage> queryLanguage() {
        return fields.text("QueryLanguage").map(text -> QueryLanguage.of(text, fields.place()));
    }

    /** Returns {@code InputPath}, a path or {@code null}. */
    public final Optional<JsonNode> inputPath() {
        return fields.value("InputPath");
    }

    /** Returns {@code OutputPath}, a path or {@code null}. */
    public final Optional<JsonNode> outputPath() {
        return fields.value("OutputPath");
    }

    /** Returns {@code Output}, any JSON with JSONata texts in it. */
    public final Optional<JsonNode> output() {
        return fields.value("Output");
    }

    /** Returns {@code Assign}, variable names and their values. */
    public final Optional<JsonNode> assign() {
        return fields.value("Assign");
    }

    /** Returns {@code Next}, the name of the state that follows. */
    public final Optional<String> next() {
        return fields.text("Next");
    }

    /** Returns whether {@code End} is true. */
    public final boolean end() {
        return fields.flag("End");
    }

    /** Returns a new copy of the state as JSON, its fields in a fixed order and unknown ones last. */
    @Override
    public JsonNode toJsonNode() {
        return fields.inOrder(ORDER);
    }
}
