package io.crois.execution;

import io.crois.compile.PriceTable;
import io.crois.contract.Machine;
import io.crois.workflow.Backend;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the attempts of an execution took of what they were given. Attempts that reused an earlier one's outputs are not
 * in it, since nothing ran. An attempt that ended with its machine or for want of memory is in it, with no peak
 * measured.
 *
 * @param attempts those that ran or run, in the order of their start
 */
public record UsageReport(List<Attempt> attempts) {
    private static final long MIB = 1024L * 1024;
    /** What a proposal leaves above the peak. */
    private static final double HEADROOM = 1.25;

    private static final long SMALLEST_MIB = 512;

    public UsageReport {
        attempts = List.copyOf(attempts);
    }

    /** Returns how long all attempts waited for their machines. */
    public Duration queued() {
        return attempts.stream().map(Attempt::queued).reduce(Duration.ZERO, Duration::plus);
    }

    /** Returns how long the containers of all attempts ran. */
    public Duration running() {
        return attempts.stream().map(Attempt::running).reduce(Duration.ZERO, Duration::plus);
    }

    /** Returns the cost of all attempts whose machine is known, for prices of an hour. */
    public double cost(double perCpu, double perGib) {
        return attempts.stream()
                .mapToDouble(attempt -> attempt.cost(perCpu, perGib))
                .sum();
    }

    /**
     * Returns the cost of the containers of all attempts whose machine is known, in the table's currency, as a forecast
     * counts them: Fargate by the size that was asked for, AWS Batch by the price given for an instance. Spot capacity
     * counts as on demand, since which of them an attempt got is not known any more.
     *
     * @throws IllegalArgumentException if a step ran on AWS Batch and the table has no price for its instance; the
     *     message names all such steps
     */
    public double cost(PriceTable prices) {
        Set<String> missing = new TreeSet<>();
        double sum = 0;
        for (Attempt attempt : attempts) {
            Optional<Double> cost = attempt.cost(prices);
            cost.ifPresentOrElse(found -> {}, () -> missing.add("`" + attempt.step() + "`"));
            sum += cost.orElse(0.0);
        }
        if (!missing.isEmpty()) {
            throw new IllegalArgumentException(
                    "The steps " + String.join(", ", missing)
                            + " ran on AWS Batch, and no price of their instances is given. Add PriceTable.instance(step, hour).");
        }
        return sum;
    }

    /** Returns a line for each attempt, for a person. */
    @Override
    public String toString() {
        return attempts.stream().map(Attempt::toString).collect(Collectors.joining("\n"));
    }

    /**
     * One attempt of a step.
     *
     * @param step with its iterations before it: {@code tune[3]/train}
     * @param attempt from 1
     * @param machine what was asked for, {@code null} where it is not known any more
     * @param queued between being prepared and the start of the container, zero where that is not known
     * @param running between the start and the end of the container
     * @param peakMemoryBytes 0 where it could not be measured
     * @param cpuMillis processor time, 0 where it could not be measured
     * @param backend where it ran, {@code null} where that is not known any more
     */
    public record Attempt(
            String step,
            int attempt,
            @Nullable Machine machine,
            Duration queued,
            Duration running,
            long peakMemoryBytes,
            long cpuMillis,
            @Nullable Backend backend) {

        /** Returns the share of the memory that was used at the peak, from 0 up to about 1. */
        public Optional<Double> memoryUsed() {
            return machine == null || peakMemoryBytes == 0
                    ? Optional.empty()
                    : Optional.of(peakMemoryBytes / (double) (machine.memoryMib() * MIB));
        }

        /**
         * Returns a machine with the memory of the peak and a quarter more, where that is less than two thirds of what
         * was asked for or more than it; processors stay as they are. Empty where the machine is about right or nothing
         * was measured. A proposal of one attempt holds for inputs of about the same size.
         */
        public Optional<Machine> proposal() {
            if (machine == null || peakMemoryBytes == 0) {
                return Optional.empty();
            }
            long wanted = Math.max(SMALLEST_MIB, (long) Math.ceil(peakMemoryBytes * HEADROOM / MIB));
            boolean right = wanted <= machine.memoryMib() && wanted * 3 >= machine.memoryMib() * 2;
            return right ? Optional.empty() : Optional.of(machine.withMemoryMib(wanted));
        }

        /** Returns nothing where the price is not known; an attempt whose machine is not known costs nothing. */
        Optional<Double> cost(PriceTable prices) {
            if (machine == null) {
                return Optional.of(0.0);
            }
            boolean fargate =
                    backend == null || backend == Backend.AUTO ? machine.fitsFargate() : backend == Backend.FARGATE;
            return fargate
                    ? Optional.of(prices.fargate(machine, running, false))
                    : prices.batch(step.substring(step.lastIndexOf('/') + 1), machine, running, false);
        }

        double cost(double perCpu, double perGib) {
            if (machine == null) {
                return 0;
            }
            double hours = running.toMillis() / 3_600_000.0;
            return hours * (machine.cpu() * perCpu + machine.memoryMib() / 1024.0 * perGib);
        }

        @Override
        public String toString() {
            String asked =
                    machine == null ? "machine not known" : machine.cpu() + " vCPU, " + machine.memoryMib() + " MiB";
            String peak = peakMemoryBytes == 0 ? "peak not measured" : "peak " + peakMemoryBytes / MIB + " MiB";
            String proposed = proposal()
                    .map(size -> String.format(Locale.ROOT, "; %d MiB would do", size.memoryMib()))
                    .orElse("");
            return step + "#" + attempt + ": queued " + queued + ", ran " + running + " on " + asked + ", " + peak
                    + proposed;
        }
    }
}
