package io.crois.testkit.engine.internal.expression;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Work in a thread of its own, which has a second of that thread's time: for regular expressions that a library applies
 * to text of its own, where nothing stops them from inside. The thread of one that is given up goes on as a daemon.
 */
final class Watched {

    private static final long NANOSECONDS = 1_000_000_000;
    private static final long LOOK_MILLISECONDS = 20;
    private static final long LONGEST_WAIT = 30 * NANOSECONDS;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private Watched() {}

    /**
     * Returns what the work returns, or throws what it throws.
     *
     * @throws Endless if it takes too long
     */
    static <T extends @Nullable Object> T call(Supplier<T> work) throws Endless {
        FutureTask<T> task = new FutureTask<>(work::get);
        Thread thread = new Thread(task, "expression");
        thread.setDaemon(true);
        thread.start();
        try {
            return result(task, thread);
        } catch (ExecutionException wrong) {
            if (wrong.getCause() instanceof RuntimeException known) {
                throw known;
            }
            if (wrong.getCause() instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException(wrong.getCause());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new Endless();
        }
    }

    /** Waits as long as the thread has had no more than a second of its own time. */
    private static <T extends @Nullable Object> T result(FutureTask<T> task, Thread thread)
            throws Endless, ExecutionException, InterruptedException {
        long latest = System.nanoTime() + LONGEST_WAIT;
        while (System.nanoTime() < latest && THREADS.getThreadCpuTime(thread.getId()) < NANOSECONDS) {
            try {
                return task.get(LOOK_MILLISECONDS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException notYet) {
                // looks again
            }
        }
        throw new Endless();
    }

    /** The work took too long. */
    static final class Endless extends Exception {

        private static final long serialVersionUID = 1L;

        private Endless() {
            super("it takes too long", null, false, false);
        }
    }
}
