package io.crois.execution;

import java.time.Duration;
import java.util.function.Supplier;

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

    /**
     * Does something now and again, never twice at the same time.
     *
     * @param pause is asked after each time how long to wait for the next. By default it is asked once
     * @return stops it; does not wait for what is under way
     */
    default Repetition repeat(Supplier<Duration> pause, Runnable work) {
        return repeat(pause.get(), work);
    }

    /** Work that is done now and again. */
    interface Repetition extends AutoCloseable {
        @Override
        void close();
    }
}
