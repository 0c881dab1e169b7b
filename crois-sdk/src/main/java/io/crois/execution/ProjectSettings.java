package io.crois.execution;

import org.jspecify.annotations.Nullable;

/**
 * What executions of a project run as.
 *
 * @param name the project: {@code [A-Za-z][A-Za-z0-9_-]{0,63}}
 * @param flowRole the ARN of the role that Step Functions assumes
 * @param taskRole the ARN of the role that the containers have
 * @param executionRole the ARN of the role with which ECS and Batch pull images and write logs
 * @param agentImage the image that brings the agent into a task on Fargate
 * @param kmsKey the ARN of the key under which the project's artifacts and sealed arguments are encrypted; {@code null}
 *     leaves artifacts to the bucket's own encryption, and refuses sealed arguments
 */
public record ProjectSettings(
        String name,
        String flowRole,
        String taskRole,
        String executionRole,
        String agentImage,
        @Nullable String kmsKey) {

    /** Makes settings of a project without a key. */
    public ProjectSettings(String name, String flowRole, String taskRole, String executionRole, String agentImage) {
        this(name, flowRole, taskRole, executionRole, agentImage, null);
    }

    /** Checks the name. */
    public ProjectSettings {
        Names.check("project", name);
    }
}
