package io.crois.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The latest status of an execution; the body of an {@code EXECUTION} item. Its {@code toString} leaves out the
 * arguments.
 *
 * @param machine the digest of the compiled workflow it runs
 * @param arn the ARN in Step Functions, {@code null} until it was started
 */
public record ExecutionItem(
        String project,
        String execution,
        String workflow,
        ExecutionStatus status,
        int redriveCount,
        Map<String, JsonNode> arguments,
        @Nullable String machine,
        @Nullable String arn,
        Instant submittedAt,
        @Nullable Instant endedAt,
        @Nullable String error,
        @Nullable String cause) {

    public ExecutionItem {
        arguments = Map.copyOf(arguments);
    }

    /** Returns the rank that guards the item. */
    public long rank() {
        return status.rank(redriveCount);
    }

    /** Returns this item with another status and what goes with it; the rest stays. */
    public ExecutionItem moved(
            ExecutionStatus to, int redrives, @Nullable Instant end, @Nullable String why, @Nullable String reason) {
        return new ExecutionItem(
                project, execution, workflow, to, redrives, arguments, machine, arn, submittedAt, end, why, reason);
    }

    /** Returns this item closed by Step Functions or in its place. */
    public ExecutionItem ended(ExecutionStatus to, Instant end, @Nullable String why, @Nullable String reason) {
        return moved(to, redriveCount, end, why, reason);
    }

    @Override
    public String toString() {
        return "ExecutionItem[" + project + "#" + execution + ", workflow=" + workflow + ", status=" + status + "]";
    }
}
