package io.crois.execution;

import java.time.Duration;

/** How time passes while the SDK waits: really, or in the virtual time of a test. Thread-safe. */
public interface Pacing {
    /** Returns pacing by the clock of this machine; repeated work has a daemon thread of its own. */
    static Pacing realTime() {
        return new RealTimePacing();
    }

    /** Lets time pass. */
    void pause(Duration duration) throws InterruptedException;

    /**
     * Does something now and again, never twice at the same time.
     *
     * @return stops it; does not wait for what is under way
     */
    Repetition repeat(Duration interval, Runnable work);

    /** Work that is done now and again. */
    interface Repetition extends AutoCloseable {
        @Override
        void close();
    }
}
