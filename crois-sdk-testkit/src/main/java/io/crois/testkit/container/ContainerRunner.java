package io.crois.testkit.container;

/** Runs the containers of tasks and jobs. */
@FunctionalInterface
public interface ContainerRunner {

    /**
     * Begins to run a container. Called on the event loop; it must not block.
     *
     * @param request what to run
     * @param listener is told, on the event loop and after this call has returned, how the container goes on
     * @return lets the caller stop the container
     */
    RunningContainer run(ContainerRequest request, ContainerListener listener);
}
