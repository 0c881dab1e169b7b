package io.crois.workflow;

/** Where a step's container runs. */
public enum Backend {
    /**
     * Picked by the size of the step: AWS Batch for a GPU or more than 32 vCPU, 244 GiB of memory or 200 GiB of disk;
     * Amazon ECS on Fargate otherwise. The default.
     */
    AUTO,
    /** Amazon ECS on AWS Fargate: starts within a minute or so, up to 32 vCPU, no GPU. */
    FARGATE,
    /** AWS Batch on Amazon EC2: starts slowly, any size, GPU. */
    BATCH
}
