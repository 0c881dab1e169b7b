package io.crois.testkit.engine.internal.service;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;

/** The limits of answers' members that services document and the AWS SDK does not carry. */
final class MockLimits {

    private static final Map<String, Range> NUMBERS = Map.of(
            "MemorySize", new Range(128, 10_240),
            "BatchSize", new Range(1, 10_000),
            "MaximumRetryAttempts", new Range(-1, 10_000));
    private static final Map<String, Range> LENGTHS = Map.of(
            "CiphertextBlob", new Range(1, 8_192),
            "Plaintext", new Range(1, 5_464),
            "KeyId", new Range(1, 2_048),
            "ExecutionArn", new Range(1, 256),
            "StateMachineArn", new Range(1, 256));

    private static final Map<String, List<String>> REQUIRED = Map.of(
            "StartExecutionResponse", List.of("ExecutionArn", "StartDate"),
            "StartSyncExecutionResponse", List.of("ExecutionArn", "StartDate", "StopDate", "Status"),
            "DescribeExecutionResponse", List.of("ExecutionArn", "StateMachineArn", "Status", "StartDate"),
            "StopExecutionResponse", List.of("StopDate"),
            "CreateStateMachineResponse", List.of("StateMachineArn", "CreationDate"),
            "CreateActivityResponse", List.of("ActivityArn", "CreationDate"),
            "ListExecutionsResponse", List.of("Executions"),
            "ListStateMachinesResponse", List.of("StateMachines"),
            "GetExecutionHistoryResponse", List.of("Events"),
            "SubmitJobResponse", List.of("JobName", "JobId"));

    private MockLimits() {}

    /** Refuses an answer without a member that the service always gives. */
    static void requireMembers(JsonNode value, String type) {
        for (String name : REQUIRED.getOrDefault(type, List.of())) {
            if (!value.has(name)) {
                throw MockSchema.refused("Required field '" + name + "' is missing");
            }
        }
    }

    /** Refuses a number or a text out of its range. */
    static void require(JsonNode value, String name) {
        Range number = NUMBERS.get(name);
        if (number != null && value.isNumber()) {
            if (value.doubleValue() < number.least) {
                throw MockSchema.refused("Field '" + name + "' is less than the minimum value");
            }
            if (value.doubleValue() > number.most) {
                throw MockSchema.refused("Field '" + name + "' exceeds the maximum value");
            }
        }
        Range length = LENGTHS.get(name);
        if (length != null && value.isTextual()) {
            if (value.textValue().length() < length.least) {
                throw MockSchema.refused("Field '" + name + "' is smaller than the minimum length");
            }
            if (value.textValue().length() > length.most) {
                throw MockSchema.refused("Field '" + name + "' exceeds the maximum length");
            }
        }
    }

    private record Range(long least, long most) {}
}
