package io.crois.contract;

import org.jspecify.annotations.Nullable;

/**
 * A step spec with what deployment registered for it: the body of a {@code SPEC#<digest>} item.
 *
 * @param taskDefinition the ARN of the ECS task definition, or {@code null} when the step never runs on Fargate
 * @param jobDefinition the ARN of the Batch job definition, or {@code null} when the step never runs on Batch
 * @param kmsKey the ARN of the key under which the step's artifacts are stored, or {@code null} for the bucket's own
 *     encryption
 */
public record DeployedStep(
        StepSpec spec,
        @Nullable String taskDefinition,
        @Nullable String jobDefinition,
        @Nullable String kmsKey) {

    /** Makes a step of a project without a key. */
    public DeployedStep(StepSpec spec, @Nullable String taskDefinition, @Nullable String jobDefinition) {
        this(spec, taskDefinition, jobDefinition, null);
    }
}
