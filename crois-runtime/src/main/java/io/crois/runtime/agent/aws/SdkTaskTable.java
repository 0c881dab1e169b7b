package io.crois.runtime.agent.aws;

import io.crois.contract.FeedEvent;
import io.crois.contract.ItemKey;
import io.crois.contract.TaskOrder;
import io.crois.contract.TaskReport;
import io.crois.table.CroisTable;
import java.util.Optional;

/** The table behind clients of the AWS SDK. */
final class SdkTaskTable implements TaskTable {
    private final CroisTable table;

    SdkTaskTable(CroisTable table) {
        this.table = table;
    }

    @Override
    public Optional<TaskOrder> order(ItemKey key) {
        return SdkFailures.in("GetItem", () -> table.read(key, TaskOrder.class));
    }

    @Override
    public void report(ItemKey key, TaskReport report) {
        SdkFailures.in("PutItem", () -> {
            table.put(key, report);
            return true;
        });
    }

    @Override
    public void append(FeedEvent event) {
        SdkFailures.in("PutItem", () -> {
            table.append(event);
            return true;
        });
    }
}
