package io.crois.runtime.lambda;

import io.crois.contract.BudgetTerms;
import io.crois.contract.ItemKey;
import io.crois.contract.Machine;
import io.crois.contract.Run;
import io.crois.contract.StepItem;
import io.crois.contract.TaskReport;
import io.crois.table.CroisTable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Holds executions to their budgets. What the containers of an execution have cost is added up from the items of its
 * steps and the reports of its agents, once a minute: reading all of them for each of thousands of iterations would
 * cost more than it saves. Thread-safe.
 */
final class Spending {
    private static final Duration FRESH = Duration.ofMinutes(1);

    private final CroisTable table;
    private final Clock clock;
    private final Map<String, Spent> known = new ConcurrentHashMap<>();

    Spending(CroisTable table, Clock clock) {
        this.table = table;
        this.clock = clock;
    }

    private record Spent(double amount, Instant time) {}

    /**
     * Lets a step begin while there is money left.
     *
     * @throws BudgetExceeded if there is none
     */
    void check(Run run, @Nullable BudgetTerms budget) {
        if (budget == null) {
            return;
        }
        double spent = spent(run, budget);
        if (spent >= budget.limit()) {
            throw new BudgetExceeded(String.format(
                    Locale.ROOT,
                    "Execution `%s` has cost %.4f %s for its containers, which its budget of %.4f %s does not allow. No "
                            + "further step begins. Resume it with a higher budget to go on.",
                    run.execution(),
                    spent,
                    budget.currency(),
                    budget.limit(),
                    budget.currency()));
        }
    }

    private double spent(Run run, BudgetTerms budget) {
        Instant now = clock.instant();
        String execution = ItemKey.partition(run);
        known.values().removeIf(old -> old.time().plus(FRESH).isBefore(now));
        return known.computeIfAbsent(execution, partition -> new Spent(sum(partition, budget, now), now))
                .amount();
    }

    private double sum(String partition, BudgetTerms budget, Instant now) {
        Map<String, StepItem> steps = new HashMap<>();
        table.query(partition, "STEP#", StepItem.class)
                .forEach(item -> steps.put(item.run().scope() + item.step(), item));
        Map<String, Integer> reported = new HashMap<>();
        double sum = 0;
        List<TaskReport> reports =
                table.query(partition, "REPORT#", TaskReport.class).toList();
        for (TaskReport report : reports) {
            String path = report.run().scope() + report.step();
            StepItem step = steps.get(path);
            reported.merge(path, report.attempt(), Math::max);
            if (step != null) {
                sum += cost(step, time(report), budget);
            }
        }
        for (Map.Entry<String, StepItem> entry : steps.entrySet()) {
            StepItem step = entry.getValue();
            Instant start = step.startedAt();
            if (start != null && reported.getOrDefault(entry.getKey(), 0) < step.attempt()) {
                Instant end = step.endedAt() == null ? now : step.endedAt();
                sum += cost(step, Duration.between(start, end), budget);
            }
        }
        return sum;
    }

    /** Of earlier attempts the machine is not known any more: that of the latest one counts. */
    private static double cost(StepItem step, Duration time, BudgetTerms budget) {
        Machine machine = step.machine();
        return machine == null ? 0 : budget.cost(step.step(), machine, step.backend(), time);
    }

    private static Duration time(TaskReport report) {
        Instant start = Instant.MAX;
        Instant end = Instant.MIN;
        for (TaskReport.Phase phase : report.phases().values()) {
            start = phase.start().isBefore(start) ? phase.start() : start;
            end = phase.end().isAfter(end) ? phase.end() : end;
        }
        return start.isBefore(end) ? Duration.between(start, end) : Duration.ZERO;
    }
}
