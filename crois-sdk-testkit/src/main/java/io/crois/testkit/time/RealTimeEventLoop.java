package io.crois.testkit.time;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A loop on a thread of its own whose tasks are due by the clock of the machine. Close it to stop the thread. */
public final class RealTimeEventLoop implements EventLoop, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RealTimeEventLoop.class);

    private final ReentrantLock lock = new ReentrantLock(true);
    private final Condition arrived = lock.newCondition();
    private final Condition ran = lock.newCondition();
    private final TaskQueue tasks = new TaskQueue();
    private final Clock wall = Clock.systemUTC();
    private final Thread thread = new Thread(this::work, "crois-event-loop");
    private boolean closed;

    private RealTimeEventLoop() {
        thread.setDaemon(true);
    }

    /** Creates a loop and starts its thread, a daemon. */
    public static RealTimeEventLoop create() {
        RealTimeEventLoop loop = new RealTimeEventLoop();
        loop.thread.start();
        return loop;
    }

    @Override
    public Instant now() {
        return wall.instant();
    }

    @Override
    public Timer after(Duration delay, Runnable task) {
        lock.lock();
        try {
            TaskQueue.Task waiting =
                    delay.isZero() || delay.isNegative() ? tasks.add(task) : tasks.add(now().plus(delay), task);
            arrived.signalAll();
            return () -> cancel(waiting);
        } finally {
            lock.unlock();
        }
    }

    private void cancel(TaskQueue.Task task) {
        lock.lock();
        try {
            tasks.cancel(task);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void post(Runnable task) {
        after(Duration.ZERO, task);
    }

    @Override
    public <T> T call(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            ran.signalAll();
            lock.unlock();
        }
    }

    /** Real time waits for nobody: the work is not counted. */
    @Override
    public ExternalWork external() {
        return () -> {};
    }

    /**
     * Waits until the condition holds; it is looked at after each task.
     *
     * @throws IllegalStateException if it is called from within a task, or the loop is closed meanwhile
     */
    @Override
    public boolean runUntil(BooleanSupplier condition) {
        if (Thread.currentThread().equals(thread)) {
            throw new IllegalStateException("A task of the loop cannot wait for the loop.");
        }
        lock.lock();
        try {
            while (!condition.getAsBoolean()) {
                if (closed) {
                    throw new IllegalStateException("The loop was closed while somebody waited for it.");
                }
                ran.awaitUninterruptibly();
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Stops the thread after the task that is running; tasks that have not begun are dropped. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            arrived.signalAll();
            ran.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void work() {
        while (step()) {
            // the lock is free for a moment: other threads get their turn between two tasks
        }
    }

    private boolean step() {
        lock.lock();
        try {
            TaskQueue.Task due = closed ? null : tasks.takeDue(now());
            if (due != null) {
                run(due);
                ran.signalAll();
            } else if (!closed) {
                awaitNext();
            }
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    private void run(TaskQueue.Task task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            LOG.error("A task of the event loop failed.", e);
        }
    }

    private void awaitNext() {
        try {
            Instant next = tasks.nextDue();
            if (next == null) {
                arrived.await();
            } else {
                arrived.awaitNanos(Math.max(
                        TimeUnit.MICROSECONDS.toNanos(100),
                        Duration.between(now(), next).toNanos()));
            }
        } catch (InterruptedException e) {
            closed = true;
            ran.signalAll();
        }
    }
}
