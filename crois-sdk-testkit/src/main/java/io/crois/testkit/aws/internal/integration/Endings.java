package io.crois.testkit.aws.internal.integration;

import java.util.function.Consumer;

/**
 * Tells when something that a service runs has ended.
 *
 * @param <T> what the service says of it, such as an ECS task
 */
@FunctionalInterface
public interface Endings<T> {

    /**
     * Waits for an end.
     *
     * @param id the ARN of a task, the id of a job
     * @param ended is told once, on the event loop, also when it has ended already
     */
    void await(String id, Consumer<T> ended);
}
