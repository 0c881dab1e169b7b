package io.crois.execution;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crois.contract.ExecutionItem;
import io.crois.contract.ExecutionStatus;
import io.crois.contract.FeedEvent;
import io.crois.contract.Json;
import io.crois.contract.Run;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Closes execution items. */
final class Endings {
    /** The error of an execution that Step Functions never knew. */
    static final String NOT_STARTED = "Crois.NotStarted";

    private Endings() {}

    static ExecutionItem ended(
            ExecutionItem item, ExecutionStatus status, Instant at, @Nullable String error, @Nullable String cause) {
        return new ExecutionItem(
                item.project(),
                item.execution(),
                item.workflow(),
                status,
                item.redriveCount(),
                item.arguments(),
                item.machine(),
                item.arn(),
                item.submittedAt(),
                at,
                error,
                cause);
    }

    static FeedEvent event(ExecutionItem ended, Run run, Instant at) {
        ObjectNode detail =
                Json.mapper().createObjectNode().put("status", ended.status().name());
        return FeedEvent.ofExecution(
                FeedEvent.Type.EXECUTION_ENDED,
                at,
                run,
                ended.workflow(),
                ended.redriveCount(),
                detail.put("error", ended.error()).put("cause", ended.cause()));
    }
}
