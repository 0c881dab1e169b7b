package io.crois.contract;

/** How far an attempt of a step is. */
public enum StepStatus {
    PREPARED(1),
    QUEUED(2),
    RUNNING(3),
    STOPPED(4),
    SUCCEEDED(6),
    RETRYING(7),
    FAILED(8);

    private static final int ATTEMPT = 10;
    private final int rank;

    StepStatus(int rank) {
        this.rank = rank;
    }

    /** Returns the rank of a step item with this status: a write lands only over a lower one. */
    public long rank(int attempt) {
        return (long) attempt * ATTEMPT + rank;
    }

    /** Returns whether the step will not change any more unless its execution is redriven. */
    public boolean ended() {
        return this == SUCCEEDED || this == FAILED;
    }
}
