package io.crois.runtime.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import io.crois.contract.ExecutionItem;
import io.crois.contract.ExecutionStatus;
import io.crois.contract.FeedEvent;
import io.crois.contract.ItemKey;
import io.crois.contract.ProbeRequest;
import io.crois.contract.Run;
import io.crois.contract.StepItem;
import io.crois.contract.StepStatus;
import io.crois.contract.StoredArtifact;
import io.crois.table.CroisTable;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Looks at what an execution of the probe left: its end, its artifact, its result, and that events told of it while it
 * was news. The reconciler repairs the items of an execution whose events were lost, so that only the times at which
 * the feed was written show that they were.
 */
final class ProbeJudge {
    /** How long an execution may take. */
    static final Duration LIMIT = Duration.ofMinutes(12);

    private static final Duration NEWS = Duration.ofMinutes(1);
    private static final int TO_THE_MINUTE = "2026-01-31T12:00".length();

    private final CroisTable table;

    ProbeJudge(CroisTable table) {
        this.table = table;
    }

    /** Returns the verdict; empty while the execution may still succeed in time. */
    Optional<ProbeVerdict> judge(Run run, Instant submittedAt, Instant now) {
        ExecutionItem item =
                table.read(ItemKey.execution(run), ExecutionItem.class).orElse(null);
        Instant end = item == null || !item.status().ended() ? null : item.endedAt();
        if (item == null || end == null) {
            Duration waited = Duration.between(submittedAt, now);
            return waited.compareTo(LIMIT) < 0 ? Optional.empty() : Optional.of(new ProbeVerdict(false, "end", waited));
        }
        Duration took = Duration.between(submittedAt, end);
        String missing = missing(run, item, end, took);
        return Optional.of(new ProbeVerdict(missing.equals("none"), missing, took));
    }

    private String missing(Run run, ExecutionItem item, Instant end, Duration took) {
        if (item.status() != ExecutionStatus.SUCCEEDED) {
            return "success";
        }
        if (took.compareTo(LIMIT) > 0) {
            return "time";
        }
        if (table.read(ItemKey.artifact(run, "", ProbeRequest.ARTIFACT), StoredArtifact.class)
                .isEmpty()) {
            return "artifact";
        }
        if (table.read(ItemKey.result(run, "", ProbeRequest.RESULT), JsonNode.class)
                .isEmpty()) {
            return "result";
        }
        if (!wasToldOfTheStep(run, item.workflow())) {
            return "task event";
        }
        return written(FeedEvent.ended(item), end, end.plus(NEWS))
                        .filter(told -> !told.isAfter(end.plus(NEWS)))
                        .isPresent()
                ? "none"
                : "execution event";
    }

    /** Without an event of its start, the start of the step is told together with its end. */
    private boolean wasToldOfTheStep(Run run, String workflow) {
        StepItem step = table.read(ItemKey.step(run, ProbeRequest.STEP), StepItem.class)
                .filter(item -> item.status() == StepStatus.SUCCEEDED)
                .orElse(null);
        Instant start = step == null ? null : step.startedAt();
        Instant end = step == null ? null : step.endedAt();
        if (step == null || start == null || end == null) {
            return false;
        }
        FeedEvent started =
                FeedEvent.ofStep(FeedEvent.Type.STEP_STARTED, start, run, workflow, step.step(), step.attempt(), null);
        return written(started, start, end).filter(told -> told.isBefore(end)).isPresent();
    }

    /** Returns when an event was written into the feed, if that was about the given time. */
    private Optional<Instant> written(FeedEvent event, Instant from, Instant to) {
        Instant last = to.truncatedTo(ChronoUnit.MINUTES);
        Instant minute = from.minus(NEWS).truncatedTo(ChronoUnit.MINUTES);
        for (; !minute.isAfter(last); minute = minute.plus(NEWS)) {
            String prefix = ItemKey.time(minute).substring(0, TO_THE_MINUTE);
            Optional<Instant> found = table.entries(ItemKey.feed(event, minute).pk(), prefix, FeedEvent.class)
                    .filter(entry -> entry.body().id().equals(event.id()))
                    .map(entry -> ItemKey.writtenAt(entry.key().sk()))
                    .findFirst();
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }
}
