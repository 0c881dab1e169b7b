package io.crois.contract;

import io.crois.workflow.FailureClass;
import java.util.List;

/**
 * When a failed step is tried again. The first rule that matches decides.
 *
 * @param classes the failure classes matched; empty matches every class
 * @param exitCodes the exit codes matched; empty matches every code
 * @param maxAttempts how many retries this rule grants, 0 and up
 * @param intervalSeconds the wait before the first retry
 * @param backoffRate what the wait is multiplied by from one retry to the next, 1.0 and up
 * @param maxDelaySeconds the longest wait
 * @param memoryFactor what the memory is multiplied by from one retry to the next; 1.0 leaves it
 * @param maxMemoryMib the memory that growth stops at; 0 for no limit
 */
public record RetryRule(
        List<FailureClass> classes,
        List<Integer> exitCodes,
        int maxAttempts,
        long intervalSeconds,
        double backoffRate,
        long maxDelaySeconds,
        double memoryFactor,
        long maxMemoryMib) {

    public RetryRule {
        classes = classes == null ? List.of() : List.copyOf(classes);
        exitCodes = exitCodes == null ? List.of() : List.copyOf(exitCodes);
    }

    /** Returns whether this rule speaks of such a failure. */
    public boolean matches(FailureClass failure, int exitCode) {
        return (classes.isEmpty() || classes.contains(failure))
                && (exitCodes.isEmpty() || exitCodes.contains(exitCode));
    }
}
