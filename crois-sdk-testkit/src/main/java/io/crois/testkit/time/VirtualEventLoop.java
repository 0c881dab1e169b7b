package io.crois.testkit.time;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A loop whose time jumps to the next task: waiting costs nothing, and the same tasks give the same order every time.
 *
 * <p>It has no thread of its own: tasks run in the thread that calls {@link #runUntil}, {@link #runUntilIdle} or
 * {@link #advance}. Time stands still while {@linkplain #external() external work} is open; the loop waits for it.
 */
public final class VirtualEventLoop implements EventLoop {

    /** The time at which a loop starts if nothing else is said. */
    public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final ReentrantLock lock = new ReentrantLock(true);
    private final Condition changed = lock.newCondition();
    private final TaskQueue tasks = new TaskQueue();
    private volatile Instant now;
    private int openWork;

    private VirtualEventLoop(Instant start) {
        this.now = start;
    }

    /** Creates a loop whose time is {@link #START}. */
    public static VirtualEventLoop create() {
        return startingAt(START);
    }

    /** Creates a loop whose time is the given one. */
    public static VirtualEventLoop startingAt(Instant start) {
        return new VirtualEventLoop(start);
    }

    @Override
    public Instant now() {
        return now;
    }

    @Override
    public Timer after(Duration delay, Runnable task) {
        lock.lock();
        try {
            TaskQueue.Task waiting =
                    delay.isZero() || delay.isNegative() ? tasks.add(task) : tasks.add(now.plus(delay), task);
            changed.signalAll();
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
            lock.unlock();
        }
    }

    @Override
    public ExternalWork external() {
        lock.lock();
        try {
            openWork++;
            return new Open();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean runUntil(BooleanSupplier condition) {
        return run(condition, null);
    }

    /** Runs every task there is, however late it is due. */
    public void runUntilIdle() {
        runUntil(() -> false);
    }

    /**
     * Runs the tasks that are due within the given time and moves the clock to its end.
     *
     * @throws IllegalArgumentException if the time is negative
     */
    public void advance(Duration time) {
        if (time.isNegative()) {
            throw new IllegalArgumentException("time must not be negative, but was " + time + ".");
        }
        Instant end = now.plus(time);
        run(() -> false, end);
        lock.lock();
        try {
            if (now.isBefore(end)) {
                now = end;
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean run(BooleanSupplier condition, @Nullable Instant end) {
        lock.lock();
        try {
            for (; ; ) {
                if (condition.getAsBoolean()) {
                    return true;
                }
                TaskQueue.Task due = tasks.takeDue(now);
                if (due != null) {
                    due.run();
                    letOthersIn();
                } else if (openWork > 0) {
                    changed.awaitUninterruptibly();
                } else if (!jump(end)) {
                    return false;
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private void letOthersIn() {
        if (lock.hasQueuedThreads()) {
            lock.unlock();
            lock.lock();
        }
    }

    private boolean jump(@Nullable Instant end) {
        Instant next = tasks.nextDue();
        if (next == null || (end != null && next.isAfter(end))) {
            return false;
        }
        now = next;
        return true;
    }

    /** Work that goes on outside. */
    private final class Open implements ExternalWork {

        private boolean closed;

        @Override
        public void close() {
            lock.lock();
            try {
                if (!closed) {
                    closed = true;
                    openWork--;
                    changed.signalAll();
                }
            } finally {
                lock.unlock();
            }
        }
    }
}
