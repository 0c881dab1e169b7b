package io.crois.execution;

import io.crois.contract.ItemKey;
import io.crois.contract.Run;
import io.crois.contract.StepDecision;
import io.crois.contract.StepItem;
import io.crois.contract.StepStatus;
import io.crois.contract.TaskReport;
import io.crois.table.CroisTable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Puts the attempts of an execution together: the latest of each step as it stands, earlier ones by what was decided
 * when they failed and by their reports. An attempt whose machine was lost or ran out of memory has no report.
 */
final class Attempts {
    private final CroisTable table;
    private final String partition;

    Attempts(CroisTable table, Run run) {
        this.table = table;
        this.partition = ItemKey.partition(run);
    }

    /** Returns the latest attempt of each step that has begun. */
    List<StepAttempt> latest() {
        return items().map(Attempts::attempt)
                .sorted(Comparator.comparing(StepAttempt::start))
                .toList();
    }

    /** Returns all attempts that are known. */
    List<StepAttempt> all() {
        return known(reports().toList()).stream()
                .map(Attempts::attempt)
                .sorted(Comparator.comparing(StepAttempt::start))
                .toList();
    }

    /** Returns all attempts with their times, in the order in which they were queued. */
    List<TimelineEntry> timeline() {
        return known(reports().toList()).stream()
                .sorted(Comparator.comparing(Attempts::first))
                .map(Attempts::entry)
                .toList();
    }

    /** Returns the items of all attempts that are known, in no order; those of earlier ones as they were last. */
    Collection<StepItem> known(Collection<TaskReport> reports) {
        List<StepItem> latest = items().toList();
        Map<String, Integer> last =
                latest.stream().collect(Collectors.toMap(item -> path(item.run(), item.step()), StepItem::attempt));
        Map<String, StepItem> earlier = new HashMap<>();
        Stream.concat(
                        table.query(partition, "DECISION#", StepDecision.class).map(Attempts::item),
                        reports.stream().map(Attempts::item))
                .filter(item -> item.attempt() < last.getOrDefault(path(item.run(), item.step()), 0))
                .forEach(item ->
                        earlier.merge(path(item.run(), item.step()) + "#" + item.attempt(), item, Attempts::timed));
        List<StepItem> all = new ArrayList<>(latest);
        all.addAll(earlier.values());
        return all;
    }

    private Stream<StepItem> items() {
        return table.query(partition, "STEP#", StepItem.class);
    }

    Stream<TaskReport> reports() {
        return table.query(partition, "REPORT#", TaskReport.class);
    }

    private static StepItem item(StepDecision decision) {
        StepDecision.Ran ran = decision.ran();
        return new StepItem(
                decision.run(),
                decision.step(),
                StepStatus.RETRYING,
                decision.attempt(),
                ran.backend(),
                ran.machine(),
                null,
                ran.preparedAt(),
                ran.startedAt(),
                decision.at(),
                decision.failure(),
                decision.exitCode());
    }

    private static StepItem item(TaskReport report) {
        return StepItem.unknown(report.run(), report.step(), report.attempt())
                .moved(StepStatus.RETRYING, null, start(report))
                .ended(StepStatus.RETRYING, end(report), report.failure(), report.exitCode());
    }

    /** The agent knows its times best; what went wrong is known to whoever decided what followed. */
    private static StepItem timed(StepItem decided, StepItem reported) {
        return new StepItem(
                decided.run(),
                decided.step(),
                decided.status(),
                decided.attempt(),
                decided.backend(),
                decided.machine(),
                decided.arn(),
                decided.preparedAt(),
                reported.startedAt(),
                reported.endedAt(),
                decided.failure(),
                decided.exitCode());
    }

    private static TimelineEntry entry(StepItem item) {
        return new TimelineEntry(
                path(item.run(), item.step()),
                item.attempt(),
                item.status(),
                item.backend(),
                item.machine(),
                item.preparedAt(),
                item.startedAt(),
                item.endedAt());
    }

    private static StepAttempt attempt(StepItem item) {
        return new StepAttempt(
                path(item.run(), item.step()),
                item.attempt(),
                item.status(),
                item.backend(),
                item.machine(),
                first(item),
                item.endedAt(),
                item.failure(),
                item.exitCode());
    }

    private static Instant first(StepItem item) {
        return Stream.of(item.preparedAt(), item.startedAt(), item.endedAt())
                .flatMap(Stream::ofNullable)
                .findFirst()
                .orElse(Instant.EPOCH);
    }

    /** Returns when an agent began; {@code null} if it did nothing. */
    static @Nullable Instant start(TaskReport report) {
        return report.phases().values().stream()
                .map(TaskReport.Phase::start)
                .min(Comparator.naturalOrder())
                .orElse(null);
    }

    /** Returns when an agent had done all but the report. */
    static Instant end(TaskReport report) {
        return report.phases().values().stream()
                .map(TaskReport.Phase::end)
                .max(Comparator.naturalOrder())
                .orElse(Instant.EPOCH);
    }

    static String path(Run run, String step) {
        return run.scope() + step;
    }
}
