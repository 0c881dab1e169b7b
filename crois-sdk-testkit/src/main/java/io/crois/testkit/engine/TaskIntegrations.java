package io.crois.testkit.engine;

import java.util.Optional;

/**
 * What Task states can reach. Asked once for each Task state when a machine is planned; nested executions, activities
 * and task tokens are the engine's own and are not asked for.
 */
@FunctionalInterface
public interface TaskIntegrations {

    /**
     * Returns who runs tasks of this resource.
     *
     * @return empty when the service or the action is not in memory: the machine can be created, and the task fails
     *     with a cause that names the API
     */
    Optional<TaskIntegration> find(TaskResource resource);

    /** Reaches nothing. */
    static TaskIntegrations none() {
        return resource -> Optional.empty();
    }
}
