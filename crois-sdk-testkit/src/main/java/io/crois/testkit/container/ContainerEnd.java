package io.crois.testkit.container;

import org.jspecify.annotations.Nullable;

/**
 * How a container ended.
 *
 * @param exitCode {@code null} when it never ran
 * @param reason what the service says of the container; {@code null} when it says nothing
 */
public record ContainerEnd(
        Kind kind, @Nullable Integer exitCode, @Nullable String reason) {

    /** 128 and the number of SIGTERM: what a program ends with that SIGTERM has ended. */
    public static final int TERMINATED = 143;

    private static final int KILLED = 137;

    /** Why a container ended. */
    public enum Kind {
        /** Its program ended, by itself or because it was stopped. */
        EXITED,
        /** It needed more memory than it had and was killed, with its agent. */
        OUT_OF_MEMORY,
        /** Its machine was Spot capacity that was taken back. */
        RECLAIMED,
        /** Its image could not be pulled. */
        NOT_PULLED,
        /** It could not be started for another reason, or was stopped before it was. */
        NOT_STARTED
    }

    /** The container's program ended with this exit code. */
    public static ContainerEnd exited(int exitCode) {
        return new ContainerEnd(Kind.EXITED, exitCode, null);
    }

    /** The container was killed because it used up its memory. */
    public static ContainerEnd outOfMemory() {
        return new ContainerEnd(Kind.OUT_OF_MEMORY, KILLED, "OutOfMemoryError: Container killed due to memory usage");
    }

    /** The container's machine was taken back, and its program ended with this exit code before. */
    public static ContainerEnd reclaimed(int exitCode) {
        return new ContainerEnd(Kind.RECLAIMED, exitCode, null);
    }

    /** The image could not be pulled; {@code what} says why. */
    public static ContainerEnd notPulled(String what) {
        return new ContainerEnd(Kind.NOT_PULLED, null, "CannotPullContainerError: " + what);
    }

    /** The container could not be started; {@code what} says why. */
    public static ContainerEnd notStarted(String what) {
        return new ContainerEnd(Kind.NOT_STARTED, null, what);
    }
}
