package io.crois.contract;

/** The status of an execution, in the words of AWS Step Functions. */
public enum ExecutionStatus {
    RUNNING(1),
    PENDING_REDRIVE(5),
    SUCCEEDED(9),
    FAILED(9),
    TIMED_OUT(9),
    ABORTED(9);

    private static final int REDRIVE = 10;
    private final int rank;

    ExecutionStatus(int rank) {
        this.rank = rank;
    }

    /** Returns the rank of an execution item with this status: a write lands only over a lower one. */
    public long rank(int redriveCount) {
        return (long) redriveCount * REDRIVE + rank;
    }

    /** Returns whether the execution is closed. */
    public boolean ended() {
        return rank == SUCCEEDED.rank;
    }
}
