package io.crois.runtime.lambda;

import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Keeps calls below what an account allows, so that those who are not in a hurry take nothing from those who are. Each
 * kind of call has its own rate. Thread-safe.
 */
final class CallRate {
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

    private final RateLimiter executions;
    private final RateLimiter tasks;
    private final RateLimiter jobs;

    private CallRate(int executions, int others) {
        this.executions = limiter("executions", executions);
        this.tasks = limiter("tasks", others);
        this.jobs = limiter("jobs", others);
    }

    /** Returns half of the smallest rates at which AWS refills what an account may call. */
    static CallRate belowQuotas() {
        return new CallRate(5, 10);
    }

    /** Returns a rate that nobody reaches. */
    static CallRate unlimited() {
        return new CallRate(1_000_000, 1_000_000);
    }

    /** Calls something of Step Functions. */
    <T> T execution(Supplier<T> call) {
        return executions.executeSupplier(call);
    }

    /** Calls something of Amazon ECS. */
    <T> T task(Supplier<T> call) {
        return tasks.executeSupplier(call);
    }

    /** Calls something of AWS Batch. */
    <T> T job(Supplier<T> call) {
        return jobs.executeSupplier(call);
    }

    private static RateLimiter limiter(String name, int perSecond) {
        return RateLimiter.of(
                name,
                RateLimiterConfig.custom()
                        .limitForPeriod(perSecond)
                        .limitRefreshPeriod(Duration.ofSeconds(1))
                        .timeoutDuration(LONGEST_WAIT)
                        .build());
    }
}
