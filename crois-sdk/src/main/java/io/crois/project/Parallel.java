package io.crois.project;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Does several things at once and waits for all of them. Thread-safe. */
final class Parallel {
    private static final int THREADS = 6;
    private static final ExecutorService SHARED = shared();

    private final Executor executor;

    Parallel(Executor executor) {
        this.executor = executor;
    }

    /** Returns an executor of a few daemon threads that end when nothing is to be done. */
    static Executor daemons() {
        return SHARED;
    }

    private static ExecutorService shared() {
        ThreadPoolExecutor pool =
                new ThreadPoolExecutor(THREADS, THREADS, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "crois-provisioner");
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    /**
     * Returns what each of them gives, in their order. When one fails the others are finished all the same, and the
     * first failure is thrown with the others suppressed in it.
     */
    <T> List<T> all(List<Supplier<T>> work) {
        List<CompletableFuture<T>> futures = new ArrayList<>();
        work.forEach(one -> futures.add(CompletableFuture.supplyAsync(one, executor)));
        List<T> results = new ArrayList<>();
        Throwable failure = null;
        for (CompletableFuture<T> future : futures) {
            try {
                results.add(future.join());
            } catch (CompletionException e) {
                Throwable cause = e.getCause() == null ? e : e.getCause();
                if (failure == null) {
                    failure = cause;
                } else if (failure != cause) {
                    failure.addSuppressed(cause);
                }
            }
        }
        rethrow(failure);
        return results;
    }

    private static void rethrow(@Nullable Throwable failure) {
        if (failure instanceof RuntimeException e) {
            throw e;
        }
        if (failure instanceof Error e) {
            throw e;
        }
        if (failure != null) {
            throw new IllegalStateException(failure);
        }
    }
}
