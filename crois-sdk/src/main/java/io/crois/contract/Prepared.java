package io.crois.contract;

import com.fasterxml.jackson.databind.JsonNode;
import io.crois.workflow.Backend;
import org.jspecify.annotations.Nullable;

/**
 * What {@code crois-prepare} answers for an attempt of a step.
 *
 * @param order the sort key of the task order
 * @param backend {@code FARGATE} or {@code BATCH}
 * @param fargate the arguments of {@code ecs:runTask}, PascalCase, at most 8,192 characters; or {@code null}
 * @param batch the arguments of {@code batch:submitJob}, PascalCase, at most 30 KiB; or {@code null}
 */
public record Prepared(
        Run run,
        String order,
        int attempt,
        Backend backend,
        @Nullable JsonNode fargate,
        @Nullable JsonNode batch) {}
