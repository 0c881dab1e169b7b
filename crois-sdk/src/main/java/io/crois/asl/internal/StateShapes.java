package io.crois.asl.internal;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which fields each kind of state has. */
final class StateShapes {
    static final List<String> TYPES = List.of("Task", "Wait", "Pass", "Succeed", "Fail", "Choice", "Parallel", "Map");

    private static final Map<String, Shape> SHAPES = Map.of(
            "Pass", pass(),
            "Task", task(),
            "Choice", choice(),
            "Wait", waiting(),
            "Succeed", withData().build(),
            "Fail", fail(),
            "Parallel", parallel(),
            "Map", map());

    private StateShapes() {}

    /** Returns the shape of states of this type, {@code null} when there is no such type. */
    static @Nullable Shape of(String type) {
        return SHAPES.get(type);
    }

    private static Shape.Builder state() {
        return Shape.builder()
                .field("Type", ValueRules.ANY)
                .field("QueryLanguage", ValueRules.ANY)
                .field("Comment", ValueRules.TEXT);
    }

    private static Shape.Builder withData() {
        return state().jsonPath("InputPath", ValueRules.PATH)
                .jsonPath("OutputPath", ValueRules.PATH)
                .jsonata("Output", Payloads::check);
    }

    private static Shape.Builder flowing() {
        return withData()
                .field("Assign", VariableNames::check)
                .field("Next", ValueRules.TEXT)
                .field("End", ValueRules.FLAG);
    }

    private static Shape.Builder working() {
        return flowing()
                .jsonPath("Parameters", Payloads::check)
                .jsonPath("ResultSelector", Payloads::check)
                .jsonPath("ResultPath", ValueRules.RESULT_PATH)
                .field("Retry", HandlerRules::checkRetry)
                .field("Catch", HandlerRules::checkCatch);
    }

    private static Shape pass() {
        return flowing()
                .jsonPath("Parameters", Payloads::check)
                .jsonPath("Result", StaticValues::checkResult)
                .jsonPath("ResultPath", ValueRules.RESULT_PATH)
                .build();
    }

    private static Shape task() {
        return working()
                .jsonata("Arguments", Payloads::check)
                .field("Resource", ValueRules.TEXT)
                .field("Credentials", ValueRules.ANY)
                .fieldOrPath("TimeoutSeconds", ValueRules.integer(1, ValueRules.MOST), ValueRules.REFERENCE_PATH)
                .fieldOrPath("HeartbeatSeconds", ValueRules.integer(1, ValueRules.MOST), ValueRules.REFERENCE_PATH)
                .required("Resource")
                .build();
    }

    private static Shape choice() {
        return withData()
                .field("Assign", VariableNames::check)
                .field("Choices", ChoiceRules::check)
                .field("Default", ValueRules.TEXT)
                .required("Choices")
                .build();
    }

    private static Shape waiting() {
        return flowing()
                .field("Seconds", ValueRules.integer(0, ValueRules.MOST))
                .field("Timestamp", ValueRules.TIMESTAMP_TEXT)
                .jsonPath("SecondsPath", ValueRules.REFERENCE_PATH)
                .jsonPath("TimestampPath", ValueRules.REFERENCE_PATH)
                .exactlyOne("SecondsPath", "Seconds", "TimestampPath", "Timestamp")
                .build();
    }

    private static Shape fail() {
        return state().fieldOrPath("Error", StaticValues::checkText, ValueRules.PATH_OR_CALL)
                .fieldOrPath("Cause", StaticValues::checkText, ValueRules.PATH_OR_CALL)
                .build();
    }

    private static Shape parallel() {
        return working()
                .jsonata("Arguments", Payloads::check)
                .field("Branches", Part::requireElements)
                .required("Branches")
                .build();
    }

    private static Shape map() {
        return working()
                .jsonPath("ItemsPath", ValueRules.REFERENCE_PATH)
                .jsonata("Items", Payloads::check)
                .field("ItemSelector", Payloads::check)
                .field("ItemReader", MapRules::checkReader)
                .field("ItemBatcher", MapRules.ITEM_BATCHER::check)
                .field("ResultWriter", MapRules.RESULT_WRITER::check)
                .field("Label", ValueRules.TEXT)
                .fieldOrPath("MaxConcurrency", MapRules.atLeastZero(), ValueRules.DATA_REFERENCE_PATH)
                .fieldOrPath("ToleratedFailureCount", MapRules.atLeastZero(), ValueRules.DATA_REFERENCE_PATH)
                .fieldOrPath(
                        "ToleratedFailurePercentage",
                        ValueRules.decimal("0.0", "100.0"),
                        ValueRules.DATA_REFERENCE_PATH)
                .field("ItemProcessor", ValueRules.ANY)
                .field("Iterator", ValueRules.ANY)
                .exactlyOne("ItemProcessor", "Iterator")
                .build();
    }
}
