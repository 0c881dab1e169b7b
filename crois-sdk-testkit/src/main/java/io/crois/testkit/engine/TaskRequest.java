package io.crois.testkit.engine;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * One attempt of a Task state.
 *
 * @param resource what it calls
 * @param arguments the evaluated {@code Arguments} or {@code Parameters}; the state's input for a Lambda function named
 *     by its ARN
 * @param stateName the state
 * @param executionArn the execution, of a Map run's child its own
 * @param taskToken the token to answer with, for {@code .waitForTaskToken} only
 * @param roleArn the role of the task's {@code Credentials}, or the machine's
 */
public record TaskRequest(
        TaskResource resource,
        JsonNode arguments,
        String stateName,
        String executionArn,
        @Nullable String taskToken,
        String roleArn) {}
