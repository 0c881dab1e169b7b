package io.crois.runtime.agent;

/** Tells an attempt that it is to stop. Thread-safe. */
public final class StopSignal {
    private volatile boolean given;

    /** Asks the attempt to stop; asking again changes nothing. */
    public void give() {
        given = true;
    }

    /** Returns whether the attempt is to stop. */
    public boolean given() {
        return given;
    }
}
