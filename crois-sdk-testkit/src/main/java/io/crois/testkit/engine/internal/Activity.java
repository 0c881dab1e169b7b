package io.crois.testkit.engine.internal;

/** What a frame waits for. */
interface Activity {

    /** Nobody waits any longer: timers and work are stopped, frames below are aborted. */
    void cancel();

    /** Records that the frames below are aborted, innermost first; {@code failure} is the event why. */
    default void recordAborted(int failure) {}
}
