package io.crois.runtime.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import io.crois.contract.FeedEvent;
import io.crois.contract.ItemKey;
import io.crois.contract.Run;
import io.crois.contract.StepItem;
import io.crois.contract.StepSpec;
import io.crois.contract.StepStatus;
import io.crois.contract.SubmitTerms;
import io.crois.contract.TaskOrder;
import io.crois.contract.TaskReport;
import io.crois.table.CroisTable;
import io.crois.wire.Records;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Finds an attempt that did already what a step is about to do, in the execution that is resumed or in the project's
 * cache, and publishes its outputs once more.
 */
final class StepReuse {
    private final CroisTable table;
    private final Clock clock;

    StepReuse(CroisTable table, Clock clock) {
        this.table = table;
        this.clock = clock;
    }

    /**
     * Publishes the outputs of an equal attempt, if there is one.
     *
     * @return the execution that made them
     */
    Optional<String> reuse(SubmitTerms terms, StepSpec spec, TaskOrder order) {
        Optional<TaskReport> found = resumed(terms, order);
        if (found.isEmpty() && spec.cached()) {
            found = cached(order);
        }
        found.ifPresent(report -> publish(spec, order, report));
        return found.map(report -> report.run().execution());
    }

    private Optional<TaskReport> resumed(SubmitTerms terms, TaskOrder order) {
        String resumes = terms.resumes();
        if (resumes == null) {
            return Optional.empty();
        }
        Run old = new Run(order.run().project(), resumes, order.run().scope());
        return table.read(ItemKey.step(old, order.step()), StepItem.class)
                .filter(item -> item.status() == StepStatus.SUCCEEDED)
                .flatMap(item -> report(old, order, item.attempt()));
    }

    private Optional<TaskReport> cached(TaskOrder order) {
        String fingerprint = Objects.requireNonNull(order.fingerprint());
        return table.read(ItemKey.cached(order.run().project(), fingerprint), TaskReport.class)
                .flatMap(entry -> report(entry.run(), order, entry.attempt()));
    }

    private Optional<TaskReport> report(Run old, TaskOrder order, int attempt) {
        return table.read(ItemKey.order(old, order.step(), attempt), TaskOrder.class)
                .filter(before -> Objects.equals(before.fingerprint(), order.fingerprint()))
                .flatMap(before -> table.read(ItemKey.report(old, order.step(), attempt), TaskReport.class))
                .filter(report -> report.failure() == null);
    }

    private void publish(StepSpec spec, TaskOrder order, TaskReport made) {
        Run run = order.run();
        TaskReport mine = new TaskReport(
                run,
                order.step(),
                order.attempt(),
                made.exitCode(),
                null,
                made.outputs(),
                made.results(),
                Map.of(),
                0,
                0,
                0,
                0);
        table.putIfAbsent(ItemKey.order(run, order.step(), order.attempt()), order);
        table.put(ItemKey.report(run, order.step(), order.attempt()), mine);
        new Publication(table).publish(run, spec, mine);
        Instant now = clock.instant();
        StepItem item = new StepItem(
                run, order.step(), StepStatus.SUCCEEDED, order.attempt(), null, null, null, now, null, now, null, null);
        JsonNode from = Records.tree(Map.of("execution", made.run().execution()));
        table.advance(
                item,
                List.of(FeedEvent.ofStep(
                        FeedEvent.Type.STEP_CACHED, now, run, order.workflow(), order.step(), order.attempt(), from)));
    }
}
