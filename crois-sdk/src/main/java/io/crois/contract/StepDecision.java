package io.crois.contract;

import io.crois.workflow.Backend;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What was decided when an attempt of a step failed; the body of a {@code DECISION#} item.
 *
 * @param attempt the attempt that failed
 * @param grant who granted another attempt
 * @param rule which of the step's retry rules, from 0; {@code null} unless the author granted the attempt
 * @param exitCode of the container, {@code null} where it never ran or is not known
 * @param waitSeconds seconds before the next attempt, 0 and up
 * @param next what the next attempt gets, if there is one
 * @param ran where and when the attempt ran, as far as that was known
 * @param redriveCount how often the execution had been redriven; counts for failures only
 */
public record StepDecision(
        Run run,
        String step,
        int attempt,
        Grant grant,
        @Nullable Integer rule,
        TaskReport.Failure failure,
        @Nullable Integer exitCode,
        long waitSeconds,
        Terms next,
        Ran ran,
        int redriveCount,
        Instant at) {

    /** What was decided by a version that did not tell where the attempt ran can be read. */
    public StepDecision {
        ran = ran == null ? Ran.UNKNOWN : ran;
    }

    /** Returns whether another attempt follows. */
    public boolean retries() {
        return grant != Grant.NONE;
    }

    /** Returns the decision that a redrive makes of this one: another attempt at once, on the same terms. */
    public StepDecision redriven(int count, Instant now) {
        return new StepDecision(run, step, attempt, Grant.REDRIVE, null, failure, exitCode, 0, next, ran, count, now);
    }

    /**
     * Where and when an attempt ran.
     *
     * @param preparedAt when it was prepared
     * @param startedAt when its container began, {@code null} where it never did or the back end has not told
     */
    public record Ran(
            @Nullable Backend backend,
            @Nullable Machine machine,
            @Nullable Instant preparedAt,
            @Nullable Instant startedAt) {
        /** Nothing is known. */
        public static final Ran UNKNOWN = new Ran(null, null, null, null);
    }

    /** Who granted another attempt. */
    public enum Grant {
        /** A retry rule of the step. */
        AUTHOR,
        /** Crois, since the infrastructure failed. */
        PLATFORM,
        /** The person who redrove the execution. */
        REDRIVE,
        /** Nobody: the step failed. */
        NONE
    }

    /**
     * How an attempt differs from what the step's spec says.
     *
     * @param memoryFactor what the memory is multiplied by, 1.0 and up
     * @param maxMemoryMib where that growth stops; 0 for no limit
     * @param onDemand whether Spot capacity is not asked for any more
     */
    public record Terms(double memoryFactor, long maxMemoryMib, boolean onDemand) {
        /** The terms of a first attempt. */
        public static final Terms FIRST = new Terms(1, 0, false);

        /** Returns these terms with more memory. */
        public Terms grown(double factor, long limitMib) {
            return new Terms(memoryFactor * factor, limitMib, onDemand);
        }

        /** Returns these terms without Spot capacity. */
        public Terms withoutSpot() {
            return new Terms(memoryFactor, maxMemoryMib, true);
        }

        /** Returns the machine with the memory that these terms give it; never less than it has. */
        public Machine applyTo(Machine machine) {
            double limit = maxMemoryMib > 0 ? maxMemoryMib : Long.MAX_VALUE;
            long grown = (long) Math.min(limit, machine.memoryMib() * memoryFactor);
            return machine.withMemoryMib(Math.max(machine.memoryMib(), grown));
        }
    }
}
