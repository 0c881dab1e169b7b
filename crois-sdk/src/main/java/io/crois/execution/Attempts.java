package io.crois.execution;

import io.crois.contract.ItemKey;
import io.crois.contract.Run;
import io.crois.contract.StepItem;
import io.crois.contract.StepStatus;
import io.crois.contract.TaskReport;
import io.crois.table.CroisTable;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Puts the attempts of an execution together: the latest of each step as it stands, earlier ones by their reports. */
final class Attempts {
    private final CroisTable table;
    private final String partition;

    Attempts(CroisTable table, Run run) {
        this.table = table;
        this.partition = ItemKey.partition(run);
    }

    /** Returns the latest attempt of each step that has begun. */
    List<StepAttempt> latest() {
        return table.query(partition, "STEP#", StepItem.class)
                .map(Attempts::attempt)
                .sorted(Comparator.comparing(StepAttempt::start))
                .toList();
    }

    /** Returns all attempts that are known. */
    List<StepAttempt> all() {
        Map<String, StepAttempt> latest =
                latest().stream().collect(Collectors.toMap(StepAttempt::step, Function.identity()));
        Stream<StepAttempt> earlier = table.query(partition, "REPORT#", TaskReport.class)
                .filter(report -> isEarlier(report, latest.get(path(report.run(), report.step()))))
                .map(Attempts::attempt);
        return Stream.concat(latest.values().stream(), earlier)
                .sorted(Comparator.comparing(StepAttempt::start))
                .toList();
    }

    /** Returns all attempts with their times, in the order in which they were queued. */
    List<TimelineEntry> timeline() {
        Map<String, StepItem> latest = table.query(partition, "STEP#", StepItem.class)
                .collect(Collectors.toMap(item -> path(item.run(), item.step()), Function.identity()));
        Stream<TimelineEntry> earlier = table.query(partition, "REPORT#", TaskReport.class)
                .filter(report -> Optional.ofNullable(latest.get(path(report.run(), report.step())))
                        .filter(item -> report.attempt() < item.attempt())
                        .isPresent())
                .map(report -> entry(attempt(report), null, attempt(report).start()));
        return Stream.concat(
                        latest.values().stream().map(item -> entry(attempt(item), item.preparedAt(), item.startedAt())),
                        earlier)
                .sorted(Comparator.comparing(Attempts::first))
                .toList();
    }

    private static TimelineEntry entry(StepAttempt attempt, @Nullable Instant queued, @Nullable Instant started) {
        return new TimelineEntry(
                attempt.step(),
                attempt.attempt(),
                attempt.status(),
                attempt.backend(),
                attempt.machine(),
                queued,
                started,
                attempt.end());
    }

    private static Instant first(TimelineEntry entry) {
        return Stream.of(entry.queued(), entry.started(), entry.ended())
                .flatMap(Stream::ofNullable)
                .findFirst()
                .orElse(Instant.EPOCH);
    }

    private static boolean isEarlier(TaskReport report, @Nullable StepAttempt latest) {
        return latest != null && report.attempt() < latest.attempt();
    }

    private static StepAttempt attempt(StepItem item) {
        Instant start = Stream.of(item.preparedAt(), item.startedAt(), item.endedAt())
                .flatMap(Stream::ofNullable)
                .findFirst()
                .orElse(Instant.EPOCH);
        return new StepAttempt(
                path(item.run(), item.step()),
                item.attempt(),
                item.status(),
                item.backend(),
                item.machine(),
                start,
                item.endedAt(),
                item.failure(),
                item.exitCode());
    }

    private static StepAttempt attempt(TaskReport report) {
        List<TaskReport.Phase> phases = report.phases().values().stream()
                .sorted(Comparator.comparing(TaskReport.Phase::start))
                .toList();
        Instant start = phases.isEmpty() ? Instant.EPOCH : phases.get(0).start();
        Instant end = phases.stream()
                .map(TaskReport.Phase::end)
                .max(Comparator.naturalOrder())
                .orElse(start);
        return new StepAttempt(
                path(report.run(), report.step()),
                report.attempt(),
                StepStatus.RETRYING,
                null,
                null,
                start,
                end,
                report.failure(),
                report.exitCode());
    }

    private static String path(Run run, String step) {
        return run.scope() + step;
    }
}
