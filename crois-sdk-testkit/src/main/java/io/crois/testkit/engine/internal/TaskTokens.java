package io.crois.testkit.engine.internal;

import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The tasks that wait for an answer from outside, by token; and those that wait for a worker, by activity. */
public final class TaskTokens {

    private final RandomGenerator random;
    private final Map<String, TaskAttempt> waiting = new HashMap<>();
    private final Map<String, Optional<String>> ended = new HashMap<>();
    private final Map<String, Deque<TaskAttempt>> offered = new HashMap<>();
    private final Set<String> activities = new HashSet<>();

    /** Creates a register that makes its tokens of these random numbers. */
    public TaskTokens(RandomGenerator random) {
        this.random = random;
    }

    String newToken() {
        byte[] bytes = new byte[48];
        random.nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }

    void wait(String token, TaskAttempt attempt) {
        waiting.put(token, attempt);
    }

    void end(String token) {
        TaskAttempt attempt = waiting.remove(token);
        if (attempt != null) {
            ended.put(token, attempt.activity());
        }
    }

    /** Lets tasks of an activity wait for its workers. */
    public void open(String activityArn) {
        activities.add(activityArn);
    }

    /** Lets no more tasks of an activity wait: it is deleted. */
    public void close(String activityArn) {
        activities.remove(activityArn);
    }

    /** Returns whether there is such an activity. */
    boolean isOpen(String activityArn) {
        return activities.contains(activityArn);
    }

    void offer(String activityArn, TaskAttempt attempt) {
        offered.computeIfAbsent(activityArn, arn -> new ArrayDeque<>()).add(attempt);
    }

    /** Takes the oldest task of an activity that still waits for a worker, {@code null} when there is none. */
    public @Nullable TaskAttempt poll(String activityArn) {
        Deque<TaskAttempt> tasks = offered.getOrDefault(activityArn, new ArrayDeque<>());
        TaskAttempt next = tasks.poll();
        while (next != null && next.isDone()) {
            next = tasks.poll();
        }
        return next;
    }

    /** Returns whether a task of the activity may be waiting. */
    public boolean hasOffers(String activityArn) {
        return offered.getOrDefault(activityArn, new ArrayDeque<>()).stream().anyMatch(task -> !task.isDone());
    }

    /** Returns the task that waits for this token, {@code null} when none does. */
    public @Nullable TaskAttempt find(String token) {
        return waiting.get(token);
    }

    /** Returns whether a task waited for this token once and no longer does. */
    public boolean isOver(String token) {
        return ended.containsKey(token);
    }

    /** Returns the activity whose worker had a token that is over; empty for tokens of other tasks. */
    public Optional<String> activityOf(String token) {
        return ended.getOrDefault(token, Optional.empty());
    }
}
