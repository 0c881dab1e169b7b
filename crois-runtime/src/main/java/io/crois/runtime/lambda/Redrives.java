package io.crois.runtime.lambda;

import io.crois.contract.ExecutionItem;
import io.crois.contract.ItemKey;
import io.crois.contract.Run;
import io.crois.table.CroisTable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ExecutionDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.IncludedData;

/** Tells how often an execution was redriven, by Step Functions where it can be asked and by the table. */
final class Redrives {
    private static final Logger LOG = LoggerFactory.getLogger(Redrives.class);

    private final CroisTable table;
    private final @Nullable Supplier<SfnClient> sfn;

    Redrives(CroisTable table, @Nullable Supplier<SfnClient> sfn) {
        this.table = table;
        this.sfn = sfn;
    }

    int count(Run run) {
        return table.read(ItemKey.execution(run), ExecutionItem.class)
                .map(item -> Math.max(item.redriveCount(), described(item)))
                .orElse(0);
    }

    private int described(ExecutionItem item) {
        String arn = item.arn();
        if (sfn == null || arn == null) {
            return 0;
        }
        try {
            Integer count = sfn.get()
                    .describeExecution(request -> request.executionArn(arn).includedData(IncludedData.METADATA_ONLY))
                    .redriveCount();
            return count == null ? 0 : count;
        } catch (ExecutionDoesNotExistException unknown) {
            return 0;
        } catch (SdkException e) {
            LOG.warn("{}: its redrives are read from the table only: {}", item.execution(), e.getMessage());
            return 0;
        }
    }
}
