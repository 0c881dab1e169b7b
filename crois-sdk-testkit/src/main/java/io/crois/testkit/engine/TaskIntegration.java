package io.crois.testkit.engine;

/**
 * Runs the tasks of one kind of resource. Called on the event loop, as its completion must be (or by posting to it).
 */
@FunctionalInterface
public interface TaskIntegration {

    /**
     * Begins a task. It must not block: what takes time is scheduled on the event loop, and the end is told to the
     * completion, now or later, exactly once. What is told after a cancellation is ignored.
     *
     * @return what to do when the state machine no longer waits for the task: it was stopped, timed out, or a brother
     *     branch failed
     */
    Cancellation start(TaskRequest request, TaskCompletion completion);

    /** Ends a task that nobody waits for any longer. */
    @FunctionalInterface
    interface Cancellation {

        /** For tasks that end at once, or that go on when nobody waits (a request sent cannot be taken back). */
        Cancellation NONE = () -> {};

        /** Stops the work, as Step Functions does for {@code .sync} tasks; called at most once. */
        void cancel();
    }
}
