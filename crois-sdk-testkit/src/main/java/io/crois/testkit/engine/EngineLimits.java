package io.crois.testkit.engine;

/**
 * The quotas of Step Functions that the engine keeps.
 *
 * @param historyEvents how many events an execution's history holds; the execution fails when it would hold more
 * @param payloadBytes the size of the input or output of a state, a task or an execution, as UTF-8 text
 * @param definitionBytes the size of a definition
 * @param inlineIterations how many iterations of an inline Map run at once
 * @param distributedIterations how many child executions of a distributed Map run at once
 */
public record EngineLimits(
        int historyEvents, int payloadBytes, int definitionBytes, int inlineIterations, int distributedIterations) {

    private static final EngineLimits AWS = new EngineLimits(25_000, 262_144, 1_048_576, 40, 10_000);

    /** Refuses limits that are not positive. */
    public EngineLimits {
        requirePositive("historyEvents", historyEvents);
        requirePositive("payloadBytes", payloadBytes);
        requirePositive("definitionBytes", definitionBytes);
        requirePositive("inlineIterations", inlineIterations);
        requirePositive("distributedIterations", distributedIterations);
    }

    /** Returns the quotas of the service: 25,000 events, 256 KiB, 1 MiB, 40 and 10,000 iterations. */
    public static EngineLimits aws() {
        return AWS;
    }

    /** Returns these limits with histories of any length. */
    public EngineLimits withoutHistoryLimit() {
        return new EngineLimits(
                Integer.MAX_VALUE, payloadBytes, definitionBytes, inlineIterations, distributedIterations);
    }

    private static void requirePositive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " must be at least 1, but was " + value + ".");
        }
    }
}
