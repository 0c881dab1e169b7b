package io.crois.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import io.crois.workflow.Workflow;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import java.util.function.IntFunction;

/**
 * The processor time of a step in workflows of 100 and of 1,000 steps: the workflows of {@link WorkflowBenchmark},
 * measured so that the figures mean something on a machine that does other work as well. Prints a table.
 */
public final class WorkflowCost {
    private static final int FEW = 100;
    private static final int MANY = 1_000;
    private static final int WARM_UP = 4;
    private static final int ROUNDS = 6;

    private WorkflowCost() {}

    public static void main(String[] arguments) {
        print("steps in a row", WorkflowBenchmark::chainOf);
        print("forEach", WorkflowBenchmark::wideOf);
    }

    private static void print(String name, IntFunction<Workflow> workflow) {
        millis(workflow.apply(FEW), FEW, WARM_UP);
        millis(workflow.apply(MANY), MANY, 1);
        double few = millis(workflow.apply(FEW), FEW, ROUNDS);
        double many = millis(workflow.apply(MANY), MANY, 2);
        System.out.printf(Locale.ROOT, "| %s | %.1f ms | %.1f ms | %.2f |%n", name, few, many, many / few);
    }

    private static double millis(Workflow workflow, int steps, int rounds) {
        long before = processorNanos();
        for (int i = 0; i < rounds; i++) {
            WorkflowBenchmark.run(workflow);
        }
        return (processorNanos() - before) / 1e6 / steps / rounds;
    }

    private static long processorNanos() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }
}
