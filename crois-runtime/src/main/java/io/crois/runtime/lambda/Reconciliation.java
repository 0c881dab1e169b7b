package io.crois.runtime.lambda;

import io.crois.contract.ExecutionItem;
import io.crois.contract.ExecutionStatus;
import io.crois.contract.ItemKey;
import io.crois.contract.Run;
import io.crois.contract.StepItem;
import io.crois.contract.StepStatus;
import io.crois.table.CroisTable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionDoesNotExistException;

/** Brings the items of one execution to what AWS says of it, where events that should have done so were lost. */
final class Reconciliation {
    private static final Logger LOG = LoggerFactory.getLogger(Reconciliation.class);
    private static final Set<StepStatus> OPEN = EnumSet.of(StepStatus.PREPARED, StepStatus.QUEUED, StepStatus.RUNNING);
    private static final Duration START_TAKES_AT_MOST = Duration.ofMinutes(5);

    private final CroisTable table;
    private final ExecutionChanges executions;
    private final TaskChanges tasks;
    private final TaskLookup lookup;
    private final CallRate rate;
    private final Clock clock;

    Reconciliation(CroisTable table, ExecutionChanges executions, TaskLookup lookup, CallRate rate, Clock clock) {
        this.table = table;
        this.executions = executions;
        this.tasks = new TaskChanges(table);
        this.lookup = lookup;
        this.rate = rate;
        this.clock = clock;
    }

    /** Returns how many items were repaired. */
    int reconcile(String project, String execution) {
        try (LogContext context = LogContext.of(project, execution)) {
            return reconciled(project, execution);
        }
    }

    private int reconciled(String project, String execution) {
        Run run = Run.of(project, execution);
        ExecutionItem item =
                table.read(ItemKey.execution(run), ExecutionItem.class).orElse(null);
        if (item == null) {
            table.delete(ItemKey.open(project, execution));
            return 0;
        }
        int repaired = refresh(item) ? 1 : 0;
        ExecutionItem present =
                table.read(ItemKey.execution(run), ExecutionItem.class).orElse(item);
        repaired += steps(present);
        if (repaired > 0) {
            LOG.info(
                    "Execution {} of project {}: {} items were behind and are repaired.", execution, project, repaired);
        }
        return repaired;
    }

    private boolean refresh(ExecutionItem item) {
        Instant now = clock.instant();
        String arn = item.arn();
        try {
            if (arn == null) {
                return neverStarted(item, now);
            }
            DescribeExecutionResponse known = rate.execution(() -> executions.describe(arn));
            return executions.note(item, known, item.status(), now);
        } catch (ExecutionDoesNotExistException e) {
            return neverStarted(item, now);
        }
    }

    private boolean neverStarted(ExecutionItem item, Instant now) {
        if (item.status().ended()
                || item.submittedAt().plus(START_TAKES_AT_MOST).isAfter(now)) {
            return false;
        }
        String cause = "It was submitted, but never started: the submitting process ended in between. Submit it again"
                + " under another name.";
        return table.note(item.ended(ExecutionStatus.FAILED, now, "Crois.NotStarted", cause), now);
    }

    private int steps(ExecutionItem execution) {
        List<StepItem> open = open(execution);
        int repaired = 0;
        if (!open.isEmpty()) {
            for (TaskChange change : lookup.find(execution.workflow(), open)) {
                repaired += tasks.note(change) ? 1 : 0;
            }
        }
        return repaired + (execution.status().ended() ? close(execution) : 0);
    }

    private List<StepItem> open(ExecutionItem execution) {
        String partition = ItemKey.partition(Run.of(execution.project(), execution.execution()));
        return table.query(partition, "STEP#", StepItem.class)
                .filter(Reconciliation::isUnsettled)
                .toList();
    }

    /** How the task of a failed attempt ended may be unknown, above all if its state ran out of time. */
    static boolean isUnsettled(StepItem item) {
        boolean failed = item.over() && item.status() != StepStatus.SUCCEEDED;
        return OPEN.contains(item.status())
                || failed && (item.arn() == null || item.startedAt() == null || item.exitCode() == null);
    }

    /**
     * Nothing runs on for long for an execution that has ended; what the back ends do not know any more has stopped.
     */
    private int close(ExecutionItem execution) {
        Instant end = Objects.requireNonNull(execution.endedAt(), "A closed execution has its end.");
        boolean old = end.plus(START_TAKES_AT_MOST).isBefore(clock.instant());
        List<StepItem> open = open(execution);
        int repaired = 0;
        if (old) {
            for (StepItem item : open) {
                if (item.over()) {
                    continue;
                }
                StepItem stopped = item.ended(StepStatus.STOPPED, end, null, null);
                repaired += table.note(stopped, execution.workflow(), List.of()) ? 1 : 0;
            }
        }
        if (old || open.stream().allMatch(StepItem::over)) {
            table.delete(ItemKey.open(execution.project(), execution.execution()));
        }
        return repaired;
    }
}
