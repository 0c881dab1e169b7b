package io.crois.runtime.agent;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Tells an attempt that it is to stop, and how much time is left then. Thread-safe. */
public final class StopSignal {
    private final @Nullable Duration window;
    private boolean given;
    private long givenAt;
    private @Nullable Interruption interruption;

    /** Makes a signal after which there is as much time as it takes. */
    public StopSignal() {
        this(null);
    }

    private StopSignal(@Nullable Duration window) {
        this.window = window;
    }

    /** Returns a signal after which everything ends by force when this time is over. */
    public static StopSignal within(Duration window) {
        return new StopSignal(window);
    }

    /** Asks the attempt to stop; asking again changes nothing. */
    public synchronized void give() {
        if (!given) {
            given = true;
            givenAt = System.nanoTime();
            if (interruption != null) {
                interruption.begin();
            }
        }
    }

    /** Returns whether the attempt is to stop. */
    public synchronized boolean given() {
        return given;
    }

    /** Interrupts the calling thread as soon as the signal is given, until the answer is closed. */
    Interruption interruptAtOnce() {
        return interrupt(Duration.ZERO);
    }

    /** Interrupts the calling thread when only this much is left of the time, until the answer is closed. */
    Interruption interruptBefore(Duration reserve) {
        return interrupt(window == null ? null : window.minus(reserve));
    }

    private synchronized Interruption interrupt(@Nullable Duration delay) {
        Interruption next = new Interruption(Thread.currentThread(), delay);
        interruption = next;
        if (given) {
            next.begin();
        }
        return next;
    }

    /** A time in which a thread may be interrupted by the signal. */
    final class Interruption implements AutoCloseable {
        private final Thread thread;
        private final @Nullable Duration delay;
        private boolean done;

        private Interruption(Thread thread, @Nullable Duration delay) {
            this.thread = thread;
            this.delay = delay;
        }

        private void begin() {
            if (delay == null) {
                return;
            }
            long left = delay.toNanos() - (System.nanoTime() - givenAt);
            if (left <= 0) {
                end();
            } else {
                CompletableFuture.delayedExecutor(left, TimeUnit.NANOSECONDS).execute(this::end);
            }
        }

        private void end() {
            synchronized (StopSignal.this) {
                if (interruption == this) {
                    done = true;
                    thread.interrupt();
                }
            }
        }

        /** Ends the time, and takes an interruption back that the thread has not noticed. */
        @Override
        public void close() {
            synchronized (StopSignal.this) {
                interruption = null;
                if (done) {
                    var unused = Thread.interrupted();
                }
            }
        }
    }
}
