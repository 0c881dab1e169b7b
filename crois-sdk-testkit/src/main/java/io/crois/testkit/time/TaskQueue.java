package io.crois.testkit.time;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Tasks in the order in which they are due; those due at the same instant in the order of their arrival. Tasks without
 * an instant of their own stand in a plain queue, as most do. Guarded by the loop that owns it.
 */
final class TaskQueue {

    private final PriorityQueue<Task> timed =
            new PriorityQueue<>(Comparator.comparing((Task task) -> task.due).thenComparingLong(task -> task.number));
    private final ArrayDeque<Task> ready = new ArrayDeque<>();
    private long arrivals;
    private int cancelled;

    /** Adds a task that is due at an instant to come. */
    Task add(Instant due, Runnable work) {
        Task task = new Task(due, arrivals++, work);
        timed.add(task);
        return task;
    }

    /** Adds a task that is due now. */
    Task add(Runnable work) {
        Task task = new Task(Instant.MIN, arrivals++, work);
        ready.add(task);
        return task;
    }

    /** Takes the next task that is due at this time, or {@code null}. */
    @Nullable
    Task takeDue(Instant now) {
        for (; ; ) {
            Task timedTask = timed.peek();
            boolean timedIsDue = timedTask != null && !timedTask.due.isAfter(now);
            Task readyTask = ready.peek();
            Task next;
            if (timedIsDue && (readyTask == null || timedTask.number < readyTask.number)) {
                next = timed.poll();
            } else {
                next = ready.poll();
            }
            if (next == null) {
                return null;
            }
            if (next.begin()) {
                return next;
            }
        }
    }

    /** Returns when the next task is due that is not due yet, or {@code null} when there is none. */
    @Nullable
    Instant nextDue() {
        while (!timed.isEmpty() && timed.peek().cancelled) {
            timed.poll();
        }
        return timed.isEmpty() ? null : timed.peek().due;
    }

    /** Takes a task back; keeps the queue from filling with cancelled ones. */
    void cancel(Task task) {
        if (task.begun || task.cancelled) {
            return;
        }
        task.cancelled = true;
        if (++cancelled > 1_000 && cancelled > timed.size() / 2) {
            timed.removeIf(waiting -> waiting.cancelled);
            cancelled = 0;
        }
    }

    /** One task. */
    static final class Task {

        private final Instant due;
        private final long number;
        private final Runnable work;
        private boolean cancelled;
        private boolean begun;

        private Task(Instant due, long number, Runnable work) {
            this.due = due;
            this.number = number;
            this.work = work;
        }

        private boolean begin() {
            begun = !cancelled;
            return begun;
        }

        void run() {
            work.run();
        }
    }
}
