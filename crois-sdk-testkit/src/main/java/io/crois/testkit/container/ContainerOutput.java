package io.crois.testkit.container;

/** Takes what containers print, line by line and without the values of secrets, from any thread. */
@FunctionalInterface
public interface ContainerOutput {

    /** Takes a line; {@code id} is that of the {@link ContainerRequest}. */
    void printed(String id, String line);
}
