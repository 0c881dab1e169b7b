package io.crois.workflow;

/** Names for failures that show in how the user's command ended, for {@link Retry#on}. */
public final class ExitCode {
    /** The container was killed because it used more memory than it had. */
    public static final FailureClass OUT_OF_MEMORY = FailureClass.OUT_OF_MEMORY;

    private ExitCode() {}
}
