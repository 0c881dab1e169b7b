package io.crois.contract;

import org.jspecify.annotations.Nullable;

/**
 * A step spec with what deployment registered for it: the body of a {@code SPEC#<digest>} item.
 *
 * @param taskDefinition the ARN of the ECS task definition, or {@code null} when the step never runs on Fargate
 * @param jobDefinition the ARN of the Batch job definition, or {@code null} when the step never runs on Batch
 */
public record DeployedStep(
        StepSpec spec,
        @Nullable String taskDefinition,
        @Nullable String jobDefinition) {}
