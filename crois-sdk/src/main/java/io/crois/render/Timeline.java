package io.crois.render;

import io.crois.contract.StepStatus;
import io.crois.execution.Execution;
import io.crois.execution.StepAttempt;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The attempts of an execution.
 *
 * @param entries in the order of their start
 * @param now until when an attempt that goes on is drawn
 */
public record Timeline(List<TimelineEntry> entries, Instant now) {
    public Timeline {
        entries = entries.stream()
                .sorted(Comparator.comparing(TimelineEntry::start))
                .toList();
    }

    /** Returns a timeline before the first step. */
    public static Timeline empty() {
        return new Timeline(List.of(), Instant.EPOCH);
    }

    /** Returns the timeline of an execution as far as it has come. */
    public static Timeline of(Execution execution) {
        return of(execution.attempts().stream().map(Timeline::entry).toList());
    }

    private static TimelineEntry entry(StepAttempt attempt) {
        StepState state = attempt.end() == null ? StepState.RUNNING : state(attempt.status());
        return new TimelineEntry(attempt.step(), attempt.attempt(), attempt.start(), attempt.end(), state);
    }

    private static StepState state(StepStatus status) {
        return switch (status) {
            case SUCCEEDED -> StepState.SUCCEEDED;
            case RETRYING -> StepState.RETRIED;
            default -> StepState.FAILED;
        };
    }

    /** Returns a timeline that ends with its last entry. */
    public static Timeline of(List<TimelineEntry> entries) {
        Instant last = entries.stream()
                .map(entry -> entry.end() == null ? entry.start() : entry.end())
                .max(Comparator.naturalOrder())
                .orElse(Instant.EPOCH);
        return new Timeline(entries, last);
    }

    /** Returns the entries of a step, all iterations and attempts. */
    List<TimelineEntry> of(String name) {
        return entries.stream().filter(entry -> entry.name().equals(name)).toList();
    }

    /** Returns the state of a step over all its iterations: one that failed or runs decides. */
    StepState state(String name) {
        Map<String, TimelineEntry> latest = new HashMap<>();
        of(name).forEach(entry -> latest.merge(entry.step(), entry, (a, b) -> b.attempt() >= a.attempt() ? b : a));
        List<StepState> states =
                latest.values().stream().map(TimelineEntry::state).toList();
        for (StepState first : List.of(StepState.FAILED, StepState.RUNNING, StepState.RETRIED, StepState.SUCCEEDED)) {
            if (states.contains(first)) {
                return first;
            }
        }
        return StepState.WAITING;
    }

    /** Returns the first start; {@link #now()} when nothing has started. */
    Instant start() {
        return entries.isEmpty() ? now : entries.get(0).start();
    }

    /** Returns the time from the first start to the last end, at least a millisecond. */
    Duration length() {
        Instant end = entries.stream()
                .map(entry -> entry.start().plus(entry.length(now)))
                .max(Comparator.naturalOrder())
                .orElse(now);
        Duration length = Duration.between(start(), end);
        return length.toMillis() < 1 ? Duration.ofMillis(1) : length;
    }
}
