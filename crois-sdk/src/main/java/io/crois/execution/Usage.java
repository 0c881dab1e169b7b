package io.crois.execution;

import io.crois.contract.ItemKey;
import io.crois.contract.Run;
import io.crois.contract.StepItem;
import io.crois.contract.TaskReport;
import io.crois.table.CroisTable;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads what the attempts of an execution took, from the reports of its agents and the items of its steps. */
final class Usage {
    private final CroisTable table;
    private final String partition;

    Usage(CroisTable table, Run run) {
        this.table = table;
        this.partition = ItemKey.partition(run);
    }

    UsageReport read() {
        Map<String, StepItem> steps = table.query(partition, "STEP#", StepItem.class)
                .collect(Collectors.toMap(item -> item.run().scope() + item.step(), Function.identity()));
        return new UsageReport(table.query(partition, "REPORT#", TaskReport.class)
                .filter(report -> !report.phases().isEmpty())
                .sorted(Comparator.comparing(Usage::start))
                .map(report -> attempt(report, steps.get(report.run().scope() + report.step())))
                .toList());
    }

    private static UsageReport.Attempt attempt(TaskReport report, @Nullable StepItem step) {
        @Nullable StepItem same = step != null && step.attempt() == report.attempt() ? step : null;
        Instant start = start(report);
        @Nullable Instant prepared = same == null ? null : same.preparedAt();
        return new UsageReport.Attempt(
                report.run().scope() + report.step(),
                report.attempt(),
                same == null ? null : same.machine(),
                prepared == null || prepared.isAfter(start) ? Duration.ZERO : Duration.between(prepared, start),
                Duration.between(start, end(report)),
                report.peakMemoryBytes(),
                report.cpuMillis(),
                same == null ? null : same.backend());
    }

    private static Instant start(TaskReport report) {
        return report.phases().values().stream()
                .map(TaskReport.Phase::start)
                .min(Comparator.naturalOrder())
                .orElse(Instant.EPOCH);
    }

    private static Instant end(TaskReport report) {
        return report.phases().values().stream()
                .map(TaskReport.Phase::end)
                .max(Comparator.naturalOrder())
                .orElse(Instant.EPOCH);
    }
}
