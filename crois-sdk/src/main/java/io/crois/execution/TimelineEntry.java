package io.crois.execution;

import io.crois.contract.Machine;
import io.crois.contract.StepStatus;
import io.crois.workflow.Backend;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One attempt of a step on the execution's timeline.
 *
 * @param step with its iterations before it: {@code tune[3]/train}
 * @param attempt from 1
 * @param status how far it has come; {@code RETRYING} if a later attempt follows it
 * @param backend {@code null} where it is not known any more
 * @param machine {@code null} where it is not known any more
 * @param queued when it was prepared, {@code null} where that is not known any more
 * @param started when its container began, {@code null} before and where it never did
 * @param ended {@code null} while it goes on
 */
public record TimelineEntry(
        String step,
        int attempt,
        StepStatus status,
        @Nullable Backend backend,
        @Nullable Machine machine,
        @Nullable Instant queued,
        @Nullable Instant started,
        @Nullable Instant ended) {

    private static final double HOUR = 3_600_000.0;
    private static final double GIB = 1024.0;

    /** Returns how long it waited for its container; zero where that is not known. */
    public Duration waiting() {
        return between(queued, started);
    }

    /** Returns how long its container ran; zero where that is not known, and while it runs. */
    public Duration running() {
        return between(started, ended);
    }

    private static Duration between(@Nullable Instant from, @Nullable Instant to) {
        return from == null || to == null || to.isBefore(from) ? Duration.ZERO : Duration.between(from, to);
    }

    /**
     * Returns what its machine cost while its container ran; zero where the machine is not known.
     *
     * @param perCpu the price of an hour of a vCPU
     * @param perGib the price of an hour of a GiB of memory
     */
    public double cost(double perCpu, double perGib) {
        return machine == null
                ? 0
                : running().toMillis() / HOUR * (machine.cpu() * perCpu + machine.memoryMib() / GIB * perGib);
    }
}
