package io.crois.execution;

import io.crois.contract.Run;
import io.crois.contract.StepItem;
import io.crois.contract.TaskReport;
import io.crois.table.CroisTable;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads what the attempts of an execution took, from the reports of its agents and the items of its attempts. */
final class Usage {
    private final Attempts attempts;

    Usage(CroisTable table, Run run) {
        this.attempts = new Attempts(table, run);
    }

    UsageReport read() {
        List<TaskReport> all = attempts.reports().toList();
        Map<String, TaskReport> reports = all.stream().collect(Collectors.toMap(Usage::key, Function.identity()));
        return new UsageReport(attempts.known(all).stream()
                .flatMap(item -> ran(item, reports.get(key(item))))
                .sorted(Comparator.comparing(Ran::start))
                .map(Ran::attempt)
                .toList());
    }

    /** Returns nothing for an attempt whose container never ran, or is not known to have ended. */
    private static Stream<Ran> ran(StepItem item, @Nullable TaskReport report) {
        if (report != null) {
            Instant start = Attempts.start(report);
            return start == null ? Stream.empty() : Stream.of(new Ran(item, report, start, Attempts.end(report)));
        }
        Instant start = item.startedAt();
        Instant end = item.endedAt();
        return start == null || end == null || end.isBefore(start)
                ? Stream.empty()
                : Stream.of(new Ran(item, null, start, end));
    }

    private static String key(TaskReport report) {
        return Attempts.path(report.run(), report.step()) + "#" + report.attempt();
    }

    private static String key(StepItem item) {
        return Attempts.path(item.run(), item.step()) + "#" + item.attempt();
    }

    /** An attempt whose container ran, with or without a report of it. */
    private record Ran(StepItem item, @Nullable TaskReport report, Instant start, Instant end) {

        UsageReport.Attempt attempt() {
            Instant prepared = item.preparedAt();
            return new UsageReport.Attempt(
                    Attempts.path(item.run(), item.step()),
                    item.attempt(),
                    item.machine(),
                    prepared == null || prepared.isAfter(start) ? Duration.ZERO : Duration.between(prepared, start),
                    Duration.between(start, end),
                    report == null ? 0 : report.peakMemoryBytes(),
                    report == null ? 0 : report.cpuMillis(),
                    item.backend());
        }
    }
}
