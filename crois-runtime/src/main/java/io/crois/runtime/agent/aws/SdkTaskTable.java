package io.crois.runtime.agent.aws;

import io.crois.contract.FeedEvent;
import io.crois.contract.ItemKey;
import io.crois.table.CroisTable;
import java.util.Optional;

/** The table behind clients of the AWS SDK. */
final class SdkTaskTable implements TaskTable {
    private final CroisTable table;

    SdkTaskTable(CroisTable table) {
        this.table = table;
    }

    @Override
    public <T> Optional<T> read(ItemKey key, Class<T> type) {
        return SdkFailures.in("GetItem", () -> table.read(key, type));
    }

    @Override
    public void put(ItemKey key, Object body) {
        SdkFailures.in("PutItem", () -> {
            table.put(key, body);
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
