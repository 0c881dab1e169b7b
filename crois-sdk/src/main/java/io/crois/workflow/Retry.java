package io.crois.workflow;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * When a failed step is tried again; the first rule of a step that matches decides. Immutable.
 *
 * @param classes the failure classes matched; empty matches every class
 * @param exitCodes the exit codes matched; empty matches every code
 * @param maxAttempts how many retries the rule grants, 0 and up
 * @param interval the wait before the first retry, whole seconds
 * @param backoff what the wait is multiplied by from one retry to the next, 1.0 and up
 * @param maxDelay the longest wait
 * @param memoryFactor what the memory is multiplied by from one retry to the next, 1.0 and up
 * @param memoryLimit where growth stops, or {@code null}
 */
public record Retry(
        List<FailureClass> classes,
        List<Integer> exitCodes,
        int maxAttempts,
        Duration interval,
        double backoff,
        Duration maxDelay,
        double memoryFactor,
        @Nullable Size memoryLimit) {

    public Retry {
        classes = List.copyOf(classes);
        exitCodes = List.copyOf(exitCodes);
        require(maxAttempts >= 0, "maxAttempts must be at least 0, but was " + maxAttempts + ".");
        require(backoff >= 1, "backoff must be at least 1.0, but was " + backoff + ".");
        require(memoryFactor >= 1, "growMemory must be at least 1.0, but was " + memoryFactor + ".");
        require(
                !interval.isNegative() && interval.getNano() == 0,
                "interval must be whole seconds from 0, but was " + interval + ".");
        require(
                maxDelay.compareTo(interval) >= 0,
                "maxDelay must be at least the interval " + interval + ", but was " + maxDelay + ".");
    }

    /** Returns 3 retries on failures of these classes, after 10 seconds, 20 and 40. */
    public static Retry on(FailureClass... classes) {
        return rule(List.of(classes), List.of());
    }

    /** Returns 3 retries when the user's command ends with one of these codes. */
    public static Retry onExitCode(Integer... codes) {
        Arrays.stream(codes)
                .forEach(code -> require(code > 0 && code < 256, "An exit code is 1 to 255, but was " + code + "."));
        return rule(List.of(FailureClass.EXIT_CODE), List.of(codes));
    }

    /** Returns 3 retries on any failure, after 10 seconds, 20 and 40. */
    public static Retry exponential() {
        return rule(List.of(), List.of());
    }

    /** Sets how many retries are granted, 0 and up; default 3. */
    public Retry maxAttempts(int count) {
        return new Retry(classes, exitCodes, count, interval, backoff, maxDelay, memoryFactor, memoryLimit);
    }

    /** Sets the wait before the first retry in whole seconds; default 10 seconds. */
    public Retry interval(Duration wait) {
        return new Retry(classes, exitCodes, maxAttempts, wait, backoff, maxDelay, memoryFactor, memoryLimit);
    }

    /** Sets what the wait is multiplied by from one retry to the next, 1.0 and up; default 2.0. */
    public Retry backoff(double rate) {
        return new Retry(classes, exitCodes, maxAttempts, interval, rate, maxDelay, memoryFactor, memoryLimit);
    }

    /** Sets the longest wait; default 1 hour. */
    public Retry maxDelay(Duration longest) {
        return new Retry(classes, exitCodes, maxAttempts, interval, backoff, longest, memoryFactor, memoryLimit);
    }

    /** Sets what the memory is multiplied by from one retry to the next, 1.0 and up; default 1.0. */
    public Retry growMemory(double factor) {
        return new Retry(classes, exitCodes, maxAttempts, interval, backoff, maxDelay, factor, memoryLimit);
    }

    /** Sets where the growth of memory stops; default no limit. */
    public Retry upTo(Size limit) {
        return new Retry(classes, exitCodes, maxAttempts, interval, backoff, maxDelay, memoryFactor, limit);
    }

    private static Retry rule(List<FailureClass> classes, List<Integer> exitCodes) {
        return new Retry(classes, exitCodes, 3, Duration.ofSeconds(10), 2, Duration.ofHours(1), 1, null);
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
