package io.crois.runtime.lambda;

import io.crois.contract.ItemKey;
import io.crois.contract.RouteRequest;
import io.crois.contract.StepItem;
import io.crois.table.CroisTable;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Tells whether the container of a failed attempt had started: by the step's item, and by the back end where the item
 * does not know and it matters: a state that ran out of time tells nothing of its task, and its events may be late or
 * lost.
 */
final class Starts {
    private static final Logger LOG = LoggerFactory.getLogger(Starts.class);
    private static final String TIMEOUT = "States.Timeout";

    private final CroisTable table;
    private final @Nullable Supplier<TaskLookup> lookup;

    Starts(CroisTable table, @Nullable Supplier<TaskLookup> lookup) {
        this.table = table;
        this.lookup = lookup;
    }

    boolean started(RouteRequest request) {
        StepItem item = table.read(ItemKey.step(request.run(), request.step()), StepItem.class)
                .filter(known -> known.attempt() == request.attempt())
                .orElseGet(() -> StepItem.unknown(request.run(), request.step(), request.attempt()));
        return item.startedAt() != null || TIMEOUT.equals(request.error().error()) && askedStarted(request, item);
    }

    private boolean askedStarted(RouteRequest request, StepItem item) {
        if (lookup == null) {
            return false;
        }
        try {
            List<TaskChange> found = lookup.get().find(request.workflow(), List.of(item));
            TaskChanges changes = new TaskChanges(table);
            found.forEach(changes::note);
            return found.stream().anyMatch(change -> change.startedAt() != null);
        } catch (SdkException e) {
            LOG.warn(
                    "Step {} of execution {}: its task could not be looked up.",
                    item.step(),
                    item.run().execution(),
                    e);
            return false;
        }
    }
}
