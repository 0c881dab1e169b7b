package io.crois.project;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * How often each operation may be called: those of AWS KMS by its documented request quotas, those of IAM, which
 * documents none, by a cautious rate. What is throttled all the same is tried again. Thread-safe.
 */
final class ApiRates {
    private static final double IAM_WRITES = 5;
    private static final double OTHERS = 20;
    /**
     * Calls a second; from the page "Request quotas" of the AWS KMS Developer Guide, and for task definitions the
     * refill that the Amazon ECS API Reference gives for their registration on the page "Request throttling".
     */
    private static final Map<String, Double> DOCUMENTED = Map.ofEntries(
            Map.entry("ecs:DeregisterTaskDefinition", 1.0),
            Map.entry("kms:CancelKeyDeletion", 5.0),
            Map.entry("kms:CreateAlias", 5.0),
            Map.entry("kms:CreateKey", 5.0),
            Map.entry("kms:DeleteAlias", 15.0),
            Map.entry("kms:EnableKey", 5.0),
            Map.entry("kms:EnableKeyRotation", 15.0),
            Map.entry("kms:PutKeyPolicy", 15.0),
            Map.entry("kms:RotateKeyOnDemand", 5.0),
            Map.entry("kms:ScheduleKeyDeletion", 15.0),
            Map.entry("kms:TagResource", 10.0),
            Map.entry("kms:UntagResource", 5.0));

    private final Map<String, Instant> next = new HashMap<>();

    /** Returns how long to wait before a call; counts the call. */
    synchronized Duration reserve(String operation, boolean write, Instant now) {
        Duration gap = Duration.ofNanos((long) (1e9 / rate(operation, write)));
        Instant free = next.getOrDefault(operation, now);
        Instant at = free.isBefore(now) ? now : free;
        next.put(operation, at.plus(gap));
        return Duration.between(now, at);
    }

    static double rate(String operation, boolean write) {
        Double documented = DOCUMENTED.get(operation);
        if (documented != null) {
            return documented;
        }
        return write && operation.startsWith("iam:") ? IAM_WRITES : OTHERS;
    }
}
