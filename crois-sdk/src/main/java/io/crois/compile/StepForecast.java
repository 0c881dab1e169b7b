package io.crois.compile;

import io.crois.contract.Machine;
import io.crois.workflow.Backend;
import java.util.List;

/**
 * What is forecast of a step.
 *
 * @param containers how many are started
 * @param machines those that they may get; of raw states none is known
 * @param backend where they run, {@code AUTO} where the machine decides
 * @param spot whether Spot capacity is asked for
 */
public record StepForecast(Range containers, List<Machine> machines, Backend backend, boolean spot) {
    public StepForecast {
        machines = List.copyOf(machines);
    }
}
