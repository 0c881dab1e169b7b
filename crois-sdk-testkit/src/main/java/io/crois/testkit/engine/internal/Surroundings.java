package io.crois.testkit.engine.internal;

import io.crois.testkit.engine.EngineLimits;
import io.crois.testkit.engine.MapRights;
import io.crois.testkit.engine.TaskIntegrations;
import io.crois.testkit.time.EventLoop;
import java.time.LocalDate;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * What all executions of an engine share.
 *
 * @param loop owns the clock
 * @param integrations what Task states reach
 * @param mapRights what distributed Maps may do with the roles of their machines
 * @param listener is told of each change of an execution's status
 * @param limits the service's quotas
 * @param random for jitter, names and tokens
 * @param asOf the day whose behaviour is imitated, where the service's has changed
 * @param region of ARNs and events
 * @param account of ARNs
 * @param tokens the tasks that wait for an answer from outside
 * @param directory all executions and map runs
 */
public record Surroundings(
        EventLoop loop,
        TaskIntegrations integrations,
        MapRights mapRights,
        Consumer<Execution> listener,
        EngineLimits limits,
        RandomGenerator random,
        LocalDate asOf,
        String region,
        String account,
        TaskTokens tokens,
        Directory directory) {

    /** Returns whether a change that the service made by the given day is imitated. */
    boolean isSince(LocalDate change) {
        return !asOf.isBefore(change);
    }

    /** Returns the ARN of something of Step Functions. */
    public String arn(String rest) {
        return "arn:aws:states:" + region + ":" + account + ":" + rest;
    }
}
