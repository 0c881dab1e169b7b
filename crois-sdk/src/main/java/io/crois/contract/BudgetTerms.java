package io.crois.contract;

import io.crois.workflow.Backend;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the containers of an execution may cost, with the prices that count; a member of {@link SubmitTerms}.
 *
 * @param limit in {@code currency}, above 0
 * @param instances the name of a step, or {@code *} → the price of an hour on AWS Batch; what has none costs nothing
 */
public record BudgetTerms(
        double limit,
        String currency,
        double vcpuHour,
        double gibHour,
        double diskGibHour,
        Map<String, Double> instances) {
    private static final double FREE_DISK_GIB = 20;
    private static final Duration SHORTEST = Duration.ofMinutes(1);

    public BudgetTerms {
        instances = Map.copyOf(instances);
    }

    /** Returns the cost of a container that ran so long; at least a minute is charged. */
    public double cost(String step, Machine machine, @Nullable Backend backend, Duration time) {
        Duration charged = time.compareTo(SHORTEST) < 0 ? SHORTEST : time;
        double hours = charged.toMillis() / 3_600_000.0;
        boolean fargate =
                backend == null || backend == Backend.AUTO ? machine.fitsFargate() : backend == Backend.FARGATE;
        if (!fargate) {
            return hours * instances.getOrDefault(step, instances.getOrDefault("*", 0.0));
        }
        return hours
                * (machine.cpu() * vcpuHour
                        + machine.memoryMib() / 1024.0 * gibHour
                        + Math.max(0, machine.diskGib() - FREE_DISK_GIB) * diskGibHour);
    }
}
