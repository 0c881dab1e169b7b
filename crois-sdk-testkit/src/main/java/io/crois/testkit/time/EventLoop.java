package io.crois.testkit.time;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Runs tasks one after the other and owns the clock by which they are due.
 *
 * <p>Two tasks never run at the same time, and those due at the same instant run in the order in which they were
 * scheduled. All methods may be called from any thread, also from within a task. A task that throws does not stop the
 * loop: what it threw is kept and thrown by the {@link #runUntil} that ran it (virtual time), or logged (real time).
 */
public interface EventLoop {

    /** Returns the loop's own time. */
    Instant now();

    /**
     * Runs a task when the time has passed.
     *
     * @param delay from now on; zero or negative means as soon as possible, after what is due already
     * @return lets the caller cancel the task as long as it has not begun
     */
    Timer after(Duration delay, Runnable task);

    /** Runs a task as soon as possible, after the tasks that are due already. */
    void post(Runnable task);

    /**
     * Runs work as one task of the loop and returns what it returns: at once when called from within a task, otherwise
     * when no other task is running. What it throws reaches the caller.
     */
    <T> T call(Supplier<T> work);

    /**
     * Announces work that goes on outside of the loop, such as a child process. Virtual time does not move until it is
     * closed; closing it twice does nothing more.
     */
    ExternalWork external();

    /**
     * Runs tasks, or lets the loop's own thread run them, until the condition holds.
     *
     * @param condition looked at between tasks, with no task running
     * @return whether it holds; {@code false} when nothing is left that could make it so (virtual time only)
     */
    boolean runUntil(BooleanSupplier condition);

    /** Returns a clock that shows the loop's time, in UTC. */
    default Clock clock() {
        return new LoopClock(this, ZoneOffset.UTC);
    }

    /** A task that is not due yet. */
    interface Timer {

        /** Takes the task back; does nothing when it has begun, ended or been cancelled already. */
        void cancel();
    }

    /** Work outside of the loop for which virtual time waits. */
    interface ExternalWork extends AutoCloseable {

        @Override
        void close();
    }
}
