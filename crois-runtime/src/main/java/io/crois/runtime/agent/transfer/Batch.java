package io.crois.runtime.agent.transfer;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Tasks that belong together: when one fails the others end early. Tasks are given by one thread. */
final class Batch {
    /** How many tasks wait at most, so that a million files do not become a million tasks. */
    private static final int WAITING = 1024;

    private final Executor executor;
    private final BooleanSupplier stopped;
    private final Semaphore free = new Semaphore(WAITING);
    private volatile @Nullable TransferFailure failure;

    Batch(Executor executor, BooleanSupplier stopped) {
        this.executor = executor;
        this.stopped = stopped;
    }

    /** Begins a task, or waits until one can be begun. */
    <T> FutureTask<T> add(Callable<T> task) {
        check();
        try {
            free.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw interrupted(e);
        }
        FutureTask<T> future = new FutureTask<>(() -> run(task));
        try {
            executor.execute(future);
        } catch (RuntimeException e) {
            free.release();
            throw e;
        }
        return future;
    }

    private <T> T run(Callable<T> task) throws Exception {
        try {
            check();
            return task.call();
        } catch (TransferFailure e) {
            fail(e);
            throw e;
        } catch (RuntimeException e) {
            fail(new TransferFailure(TransferFailure.Kind.LOCAL, null, "A transfer failed: " + e, e));
            throw e;
        } finally {
            free.release();
        }
    }

    /** Ends the other tasks early; the first failure is the one that is told. */
    synchronized void fail(TransferFailure e) {
        if (failure == null) {
            failure = e;
        }
    }

    /**
     * Goes on only while all is well.
     *
     * @throws TransferFailure the first one of any task, or that somebody asked to stop
     */
    void check() {
        TransferFailure first = failure;
        if (first != null) {
            throw first;
        }
        if (stopped.getAsBoolean()) {
            throw new TransferFailure(TransferFailure.Kind.STOPPED, null, "It was stopped from outside.");
        }
    }

    /** Waits for a task; a failure of any of them ends the waiting. */
    <T> T await(FutureTask<T> task) {
        try {
            return task.get();
        } catch (ExecutionException e) {
            check();
            throw new IllegalStateException("A transfer failed without saying so.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw interrupted(e);
        }
    }

    /** Waits until no task runs, whether they failed or not; not for long when the calling thread is interrupted. */
    void quiesce() {
        try {
            free.acquire(WAITING);
            free.release(WAITING);
        } catch (InterruptedException e) {
            fail(interrupted(e));
            giveUp();
            Thread.currentThread().interrupt();
        }
    }

    /** What still runs hangs in a call, and ends with it. */
    private void giveUp() {
        try {
            if (free.tryAcquire(WAITING, 1, TimeUnit.SECONDS)) {
                free.release(WAITING);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static TransferFailure interrupted(Exception e) {
        return new TransferFailure(TransferFailure.Kind.STOPPED, null, "It was stopped from outside.", e);
    }
}
