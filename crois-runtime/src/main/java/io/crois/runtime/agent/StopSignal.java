package io.crois.runtime.agent;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Tells an attempt that it is to stop, and how much time is left then. Thread-safe. */
public final class StopSignal {
    private final @Nullable Duration window;
    private boolean given;
    private long givenAt;
    private Runnable onGiven = () -> {};

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
            onGiven.run();
        }
    }

    /** Returns whether the attempt is to stop. */
    public synchronized boolean given() {
        return given;
    }

    /**
     * Does work unless the signal is given before it has ended.
     *
     * @throws Over if it is; the work is left alone then, also where no interrupt reaches it, as in a call that hangs
     */
    void unlessGiven(Work work) throws Over, InterruptedException {
        untilOver(Duration.ZERO, work);
    }

    /** Does work as {@link #unlessGiven} does, until only a part of the time is left that follows the signal. */
    void whileTimeIsLeft(Duration reserve, Work work) throws Over, InterruptedException {
        untilOver(window == null ? null : window.minus(reserve), work);
    }

    private void untilOver(@Nullable Duration delay, Work work) throws Over, InterruptedException {
        CompletableFuture<Boolean> done = new CompletableFuture<>();
        Thread worker = new Thread(() -> work.into(done), "crois-work");
        worker.setDaemon(true);
        worker.start();
        onGiven(delay, () -> done.completeExceptionally(new Over()));
        try {
            done.get();
        } catch (ExecutionException e) {
            throw unwrapped(e.getCause());
        } finally {
            onGiven(null, () -> {});
            worker.interrupt();
        }
    }

    private synchronized void onGiven(@Nullable Duration delay, Runnable action) {
        onGiven = delay == null ? () -> {} : () -> after(delay, action);
        if (given) {
            onGiven.run();
        }
    }

    private void after(Duration delay, Runnable action) {
        long left = delay.toNanos() - (System.nanoTime() - givenAt);
        if (left <= 0) {
            action.run();
        } else {
            CompletableFuture.delayedExecutor(left, TimeUnit.NANOSECONDS).execute(action);
        }
    }

    private static Over unwrapped(@Nullable Throwable cause) {
        if (cause instanceof Over over) {
            return over;
        }
        if (cause instanceof RuntimeException failure) {
            throw failure;
        }
        if (cause instanceof Error error) {
            throw error;
        }
        throw new IllegalStateException("Work failed in a way that it does not declare.", cause);
    }

    /** Work that may take long. */
    @FunctionalInterface
    interface Work {
        void run();

        private void into(CompletableFuture<Boolean> done) {
            try {
                run();
                done.complete(true);
            } catch (RuntimeException | Error e) {
                done.completeExceptionally(e);
            }
        }
    }

    /** The signal was given, and there is no time left for some work. */
    static final class Over extends Exception {
        private static final long serialVersionUID = 1;

        private Over() {
            super("The attempt was stopped.", null, false, false);
        }
    }
}
