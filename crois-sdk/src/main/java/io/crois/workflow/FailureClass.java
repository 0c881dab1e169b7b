package io.crois.workflow;

/**
 * Why an attempt of a step failed.
 *
 * <p>The infrastructure classes ({@link #infrastructure()}) are nobody's fault who wrote the step: they are retried by
 * default and do not use up the attempts that the author grants.
 */
public enum FailureClass {
    /** The user's command ended with a code other than 0. */
    EXIT_CODE(false),
    /** The container was killed because it used more memory than it had. */
    OUT_OF_MEMORY(false),
    /** The step did not end within its run budget. */
    TIMED_OUT(false),
    /** The command ended with 0, but a declared output or result is missing or has the wrong type. */
    MISSING_OUTPUT(false),
    /** The Spot instance or Fargate Spot task was taken back by AWS. */
    SPOT_RECLAIMED(true),
    /** The image could not be pulled. */
    IMAGE_PULL(true),
    /** No capacity was found within the queue budget. */
    NEVER_SCHEDULED(false),
    /** The task was placed, but its container did not start. */
    START_FAILED(true),
    /** A role or a key does not allow what the step needs. */
    ACCESS_DENIED(false),
    /** A service refused calls because there were too many. */
    THROTTLED(true),
    /** The agent failed; the user's command is not to blame. */
    AGENT_FAULT(true),
    /** None of the others could be told from what AWS reported. */
    UNKNOWN(false);

    private final boolean infrastructure;

    FailureClass(boolean infrastructure) {
        this.infrastructure = infrastructure;
    }

    /** Returns whether this class is retried by default without using up the author's attempts. */
    public boolean infrastructure() {
        return infrastructure;
    }
}
