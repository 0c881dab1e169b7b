package io.crois.testkit.engine.internal;

import io.crois.asl.Catcher;
import io.crois.asl.Retrier;
import io.crois.testkit.engine.internal.DataFlow.Exit;
import io.crois.testkit.engine.internal.expression.StatesError;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A state's {@code Retry} and {@code Catch}. */
final class ErrorPolicy {

    private static final ErrorPolicy NONE = new ErrorPolicy(List.of(), List.of());

    private final RetryRule[] retriers;
    private final List<CatchRule> catchers;

    private ErrorPolicy(List<RetryRule> retriers, List<CatchRule> catchers) {
        this.retriers = retriers.toArray(RetryRule[]::new);
        this.catchers = catchers;
    }

    /** Returns the policy of states that give up at once. */
    static ErrorPolicy none() {
        return NONE;
    }

    /**
     * Plans a policy.
     *
     * @param exits makes the way out of a catcher, which is told with its index, in the state's query language
     */
    static ErrorPolicy of(
            List<Retrier> retriers, List<Catcher> catchers, BiFunction<Catcher, Integer, CatchExit> exits) {
        return new ErrorPolicy(
                retriers.stream().map(RetryRule::new).toList(),
                IntStream.range(0, catchers.size())
                        .mapToObj(i -> new CatchRule(catchers.get(i), exits.apply(catchers.get(i), i)))
                        .toList());
    }

    void link(Function<String, PlannedState> states) {
        catchers.forEach(rule -> rule.next = states.apply(rule.nextName));
    }

    /** Returns one counter a retrier, for a visit of the state. */
    int[] counters(@Nullable Inspection inspection) {
        int[] counters = new int[retriers.length];
        if (inspection != null) {
            Arrays.fill(counters, inspection.setting().retries());
        }
        return counters;
    }

    /** Counts and returns the time to wait; {@code null} when the error is not to be tried again. */
    @Nullable
    Duration delayBeforeRetry(StatesError error, int[] attempts, RandomGenerator random) {
        for (int i = 0; i < retriers.length; i++) {
            RetryRule rule = retriers[i];
            if (rule.errors.stream().anyMatch(error::matches)) {
                return attempts[i] < rule.maxAttempts ? rule.delay(attempts[i]++, random) : null;
            }
        }
        return null;
    }

    /** Leaves the state by the first catcher that matches; returns whether there is one. */
    boolean handle(Frame frame, StatesError error) {
        for (CatchRule rule : catchers) {
            if (rule.errors.stream().anyMatch(error::matches)) {
                Inspection inspection = frame.execution().inspection();
                if (inspection != null) {
                    inspection.caught(error, catchers.indexOf(rule));
                }
                frame.leave(rule.exit.apply(frame, error), Objects.requireNonNull(rule.next));
                return true;
            }
        }
        return false;
    }

    /** Returns which retrier matches the error, from 0; -1 for none. */
    int retrierFor(StatesError error) {
        for (int i = 0; i < retriers.length; i++) {
            if (retriers[i].errors.stream().anyMatch(error::matches)) {
                return i;
            }
        }
        return -1;
    }

    /** How a catcher makes the output and the variables. */
    interface CatchExit extends BiFunction<Frame, StatesError, Exit> {}

    /** An entry of {@code Catch}. */
    private static final class CatchRule {
        private final List<String> errors;
        private final String nextName;
        private final CatchExit exit;
        private @Nullable PlannedState next;

        private CatchRule(Catcher catcher, CatchExit exit) {
            this.errors = catcher.errorEquals();
            this.nextName = catcher.next();
            this.exit = exit;
        }
    }

    /** An entry of {@code Retry}. */
    private static final class RetryRule {
        private final List<String> errors;
        private final long maxAttempts;
        private final double interval;
        private final double rate;
        private final double maxDelay;
        private final boolean jitter;

        private RetryRule(Retrier retrier) {
            this.errors = retrier.errorEquals();
            this.maxAttempts = retrier.maxAttempts().orElse(3L);
            this.interval = retrier.intervalSeconds().orElse(1L);
            this.rate = retrier.backoffRate().orElse(2.0);
            this.maxDelay = retrier.maxDelaySeconds().orElse(31_622_400L);
            this.jitter = retrier.jitterStrategy().filter("FULL"::equals).isPresent();
        }

        private Duration delay(int attempt, RandomGenerator random) {
            double seconds = Math.min(maxDelay, interval * Math.pow(rate, attempt));
            return Duration.ofMillis((long) (1_000 * (jitter ? seconds * random.nextDouble() : seconds)));
        }
    }
}
