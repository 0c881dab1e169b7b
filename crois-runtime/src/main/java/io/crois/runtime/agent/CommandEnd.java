package io.crois.runtime.agent;

/**
 * How the user's command ended.
 *
 * @param exitCode its own; 128+n when signal n ended it, 127 when it is missing, 126 when it cannot be executed
 * @param reason whether it ended by itself
 * @param peakMemoryBytes of the command and its descendants together; 0 where it cannot be known
 * @param cpuMillis of the command and its descendants together; 0 where it cannot be known
 */
public record CommandEnd(int exitCode, Reason reason, long peakMemoryBytes, long cpuMillis) {

    /** Why it ended. */
    public enum Reason {
        /** By itself, or by a signal that the agent did not send. */
        ENDED,
        /** The kernel killed it, or a process of it, because the container's memory ran out. */
        OUT_OF_MEMORY,
        /** It could not be started at all. */
        NOT_STARTED,
        /** The agent stopped it because its run budget was used up. */
        RUN_BUDGET,
        /** The agent stopped it because it was told to. */
        STOPPED
    }

    /** Returns the end of a command that ended by itself. */
    public static CommandEnd of(int exitCode) {
        return new CommandEnd(exitCode, Reason.ENDED, 0, 0);
    }
}
