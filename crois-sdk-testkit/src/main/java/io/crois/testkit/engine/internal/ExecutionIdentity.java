package io.crois.testkit.engine.internal;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What an execution is called and where it comes from.
 *
 * @param inputText the input as it was sent, {@code null} where nobody sent it
 * @param stateMachineArn without version or alias; of a map run's child with the map's label
 * @param versionArn the version that was started, or to which the alias led
 * @param aliasArn the alias that was started
 * @param mapRunArn the map run to which a child belongs
 */
public record ExecutionIdentity(
        String arn,
        String name,
        String stateMachineArn,
        String stateMachineName,
        String roleArn,
        JsonNode input,
        @Nullable String inputText,
        Instant startDate,
        @Nullable String versionArn,
        @Nullable String aliasArn,
        @Nullable String mapRunArn) {}
