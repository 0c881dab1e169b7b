package io.crois.runtime.lambda;

import io.crois.contract.OrderLocation;
import io.crois.contract.StepItem;
import io.crois.contract.StepStatus;
import io.crois.contract.TaskOrder;
import io.crois.table.CroisTable;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Notes what the back ends tell of tasks and jobs, and passes over what works for no execution of Crois. */
final class TaskChanges {
    private static final Logger LOG = LoggerFactory.getLogger(TaskChanges.class);

    private final CroisTable table;

    TaskChanges(CroisTable table) {
        this.table = table;
    }

    /** Returns whether something was new. */
    boolean note(TaskChange change) {
        Optional<StepStatus> status = change.status();
        Optional<TaskOrder> order = change.order().flatMap(this::order);
        if (status.isEmpty() || order.isEmpty()) {
            LOG.debug("{} works for no execution of Crois, or has no status to note.", change.arn());
            return false;
        }
        return note(change, status.get(), order.get());
    }

    private Optional<TaskOrder> order(String text) {
        try {
            return table.read(OrderLocation.parse(text).key(), TaskOrder.class);
        } catch (IllegalArgumentException e) {
            LOG.warn("An event names an order that cannot be one: {}", e.getMessage());
            return Optional.empty();
        }
    }

    private boolean note(TaskChange change, StepStatus status, TaskOrder order) {
        StepItem attempt = StepItem.unknown(order.run(), order.step(), order.attempt());
        try (LogContext context = LogContext.of(order.run(), order.step(), order.attempt())) {
            boolean news = table.note(known(change, status, attempt), order.workflow(), List.of());
            LOG.info("{} is {}{}.", change.arn(), status, news ? "" : ", which was known");
            return news;
        }
    }

    /** Returns what a change tells of an attempt of which nothing else is known. */
    static StepItem known(TaskChange change, StepStatus status, StepItem attempt) {
        StepItem known = attempt.moved(status, change.arn(), change.startedAt());
        return status == StepStatus.STOPPED ? known.ended(status, change.stoppedAt(), null, change.exitCode()) : known;
    }
}
