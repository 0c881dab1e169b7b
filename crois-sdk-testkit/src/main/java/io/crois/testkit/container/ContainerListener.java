package io.crois.testkit.container;

/**
 * Is told how a container goes on: placed, started, ended, in this order and each at most once. A container that never
 * starts, or cannot, leaves out the former two. Called on the event loop.
 */
public interface ContainerListener {

    /** A machine was found; the image is being pulled. */
    void placed();

    /** The image was pulled and the container runs. */
    void started();

    /** The container has ended, or will never start. */
    void ended(ContainerEnd end);
}
