package io.crois.runtime.lambda;

import io.crois.contract.ItemKey;
import io.crois.contract.PrepareRequest;
import io.crois.contract.RouteRequest;
import io.crois.contract.StepItem;
import io.crois.contract.StoreRequest;
import io.crois.contract.TaskOrder;
import io.crois.contract.TaskReport;
import io.crois.table.CroisTable;
import io.crois.wire.JsonText;
import io.crois.wire.Records;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.crac.Context;
import org.crac.Core;
import org.crac.Resource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Warms a function up before Lambda takes its snapshot, so that the first invocation after it finds classes loaded and
 * readers made. Nothing that must be new after a restore is kept: connections are made anew when they turn out to be
 * closed, and no id, token or random number is made before an invocation.
 */
final class SnapStart implements Resource {
    private static final Logger LOG = LoggerFactory.getLogger(SnapStart.class);
    private static final List<Class<?>> READ = List.of(
            PrepareRequest.class,
            StoreRequest.class,
            RouteRequest.class,
            TaskOrder.class,
            TaskReport.class,
            StepItem.class);

    /** The context knows its resources weakly, and these must live as long as the function. */
    private static final Set<SnapStart> KEPT = ConcurrentHashMap.newKeySet();

    private final CroisTable table;

    private SnapStart(CroisTable table) {
        this.table = table;
    }

    /** Has Lambda call this before it takes a snapshot; without SnapStart nothing happens. */
    static void warmUp(CroisTable table) {
        SnapStart resource = new SnapStart(table);
        KEPT.add(resource);
        Core.getGlobalContext().register(resource);
    }

    @Override
    public void beforeCheckpoint(Context<? extends Resource> context) {
        READ.forEach(SnapStart::read);
        try {
            table.read(new ItemKey("##warm-up", "nothing"), String.class);
        } catch (RuntimeException e) {
            LOG.warn("The table could not be read before the snapshot; the first invocation will do it.", e);
        }
    }

    /** Nothing is an instance of its type; that it is refused shows that its reader is there. */
    private static void read(Class<?> type) {
        try {
            Records.read(JsonText.object(), type);
        } catch (IllegalArgumentException expected) {
            LOG.debug("The reader of {} is loaded.", type);
        }
    }

    @Override
    public void afterRestore(Context<? extends Resource> context) {
        // Clients notice closed connections themselves.
    }
}
