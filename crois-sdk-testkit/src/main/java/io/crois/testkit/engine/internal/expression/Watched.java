package io.crois.testkit.engine.internal.expression;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Work in a thread of its own: a regular expression can go on for ever, and nothing stops it from inside. The thread of
 * one that is given up goes on as a daemon.
 */
final class Watched {

    private static final long SECONDS = 2;

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
            return task.get(SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException endless) {
            throw new Endless();
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

    /** The work took too long. */
    static final class Endless extends Exception {

        private static final long serialVersionUID = 1L;

        private Endless() {
            super("it takes too long", null, false, false);
        }
    }
}
