package io.crois.compile;

import io.crois.compile.Cost.Amount;
import io.crois.contract.Machine;
import io.crois.workflow.Backend;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Adds up what a forecast costs. */
final class CostForecast {
    private final Forecast forecast;
    private final PriceTable prices;
    private final StepDurations durations;
    private final List<String> problems = new ArrayList<>();

    CostForecast(Forecast forecast, PriceTable prices, StepDurations durations) {
        this.forecast = forecast;
        this.prices = prices;
        this.durations = durations;
    }

    Cost cost() {
        Map<String, Amount> lines = new LinkedHashMap<>();
        forecast.steps().forEach((path, step) -> {
            if (!path.isEmpty() && step.containers().most() > 0) {
                lines.put(path, containers(path, step));
            }
        });
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(
                    "The cost cannot be forecast without more data.\n  " + String.join("\n  ", problems));
        }
        lines.put(Cost.TRANSITIONS, same(forecast.transitions(), prices.transition()));
        lines.put(Cost.FUNCTIONS, same(forecast.functionCalls(), prices.functionCall()));
        lines.put(Cost.REQUESTS, same(forecast.containers(), prices.besidesContainer()));
        return new Cost(prices.currency(), lines);
    }

    private static Amount same(Range count, double each) {
        return Amount.of(count, each, each);
    }

    private Amount containers(String path, StepForecast step) {
        Duration time = durations.at(path);
        if (time == null) {
            problems.add("step `" + path + "`: how long it runs is not told. Add StepDurations.of(step, time).");
            return Amount.NONE;
        }
        double least = Double.POSITIVE_INFINITY;
        double most = 0;
        for (Machine machine : step.machines()) {
            double price = price(path, step, machine, time);
            least = Math.min(least, price);
            most = Math.max(most, price);
        }
        return Amount.of(step.containers(), Double.isInfinite(least) ? 0 : least, most);
    }

    private double price(String path, StepForecast step, Machine machine, Duration time) {
        boolean fargate = step.backend() == Backend.FARGATE || step.backend() == Backend.AUTO && machine.fitsFargate();
        if (fargate) {
            return prices.fargate(machine, time, step.spot());
        }
        String name = path.substring(path.lastIndexOf('/') + 1);
        return prices.batch(name, machine, time, step.spot()).orElseGet(() -> {
            String problem = "step `" + path + "`: it runs on AWS Batch, and no price of its instance is given. Add "
                    + "PriceTable.instance(step, hour).";
            if (!problems.contains(problem)) {
                problems.add(problem);
            }
            return 0.0;
        });
    }
}
