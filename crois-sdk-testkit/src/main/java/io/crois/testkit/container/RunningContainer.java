package io.crois.testkit.container;

/** A container that has not ended yet. */
@FunctionalInterface
public interface RunningContainer {

    /**
     * Stops the container as SIGTERM does, and SIGKILL when that does not help. Its end is told to its listener, as any
     * end is. Does nothing when it has ended or is being stopped. Called on the event loop.
     */
    void stop();
}
