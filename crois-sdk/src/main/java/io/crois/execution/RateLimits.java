package io.crois.execution;

import io.crois.workflow.CroisException;

/**
 * How fast a door calls what AWS meters in token buckets of the account and Region: a bucket holds {@code burst} calls
 * and fills up again by {@code perSecond}. A call that finds the bucket empty waits; it is not refused.
 *
 * <p>Other programs draw on the same buckets of the account. What AWS throttles all the same is asked for again, later
 * and later. The defaults are those that AWS documents for every Region ({@code request-throttling} of Amazon ECS,
 * {@code service-quotas} of AWS Step Functions); raise them where the account's were raised.
 *
 * @param registrations of task definitions and job definitions
 * @param machineChanges of state machines, their versions and aliases
 * @param starts of executions
 */
public record RateLimits(Rate registrations, Rate machineChanges, Rate starts) {

    /** Returns the limits that every account has: 20 and 1 a second, 100 and 1 a second, 800 and 150 a second. */
    public static RateLimits aws() {
        return new RateLimits(new Rate(20, 1), new Rate(100, 1), new Rate(800, 150));
    }

    /** Returns the same limits with another rate of starts. */
    public RateLimits withStarts(int burst, double perSecond) {
        return new RateLimits(registrations, machineChanges, new Rate(burst, perSecond));
    }

    /** Returns the same limits with another rate of registrations. */
    public RateLimits withRegistrations(int burst, double perSecond) {
        return new RateLimits(new Rate(burst, perSecond), machineChanges, starts);
    }

    /**
     * A token bucket.
     *
     * @param burst calls at once, 1 and up
     * @param perSecond calls a second in the long run, more than 0
     */
    public record Rate(int burst, double perSecond) {

        /** Checks the numbers. */
        public Rate {
            if (burst < 1 || !(perSecond > 0)) {
                throw new CroisException("A rate limit has a burst of " + burst + " and " + perSecond
                        + " calls a second, but needs a burst of at least 1 and more than 0 calls a second.");
            }
        }
    }
}
