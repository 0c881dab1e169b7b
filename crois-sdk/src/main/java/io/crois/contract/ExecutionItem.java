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
 * @param terms what it does otherwise than the workflow says, {@code null} for nothing; left out of JSON then
 * @param startedAt when Step Functions started it, {@code null} until that is known; a redrive does not change it
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
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        @Nullable String error,
        @Nullable String cause,
        @Nullable SubmitTerms terms) {

    /** The error of an execution that Step Functions never knew. */
    public static final String NOT_STARTED = "Crois.NotStarted";

    public ExecutionItem {
        arguments = Map.copyOf(arguments);
    }

    /** Creates the item of an execution that does what its workflow says. */
    public ExecutionItem(
            String project,
            String execution,
            String workflow,
            ExecutionStatus status,
            int redriveCount,
            Map<String, JsonNode> arguments,
            @Nullable String machine,
            @Nullable String arn,
            Instant submittedAt,
            @Nullable Instant startedAt,
            @Nullable Instant endedAt,
            @Nullable String error,
            @Nullable String cause) {
        this(
                project,
                execution,
                workflow,
                status,
                redriveCount,
                arguments,
                machine,
                arn,
                submittedAt,
                startedAt,
                endedAt,
                error,
                cause,
                null);
    }

    /** Returns the same item with what the execution does otherwise than its workflow says. */
    public ExecutionItem on(SubmitTerms otherwise) {
        return new ExecutionItem(
                project,
                execution,
                workflow,
                status,
                redriveCount,
                arguments,
                machine,
                arn,
                submittedAt,
                startedAt,
                endedAt,
                error,
                cause,
                otherwise.isNone() ? null : otherwise);
    }

    /** Returns what the execution does otherwise than its workflow says. */
    public SubmitTerms otherwise() {
        return terms == null ? SubmitTerms.none() : terms;
    }

    /** Returns the item of an execution that is about to be handed to Step Functions. */
    public static ExecutionItem submitted(
            String project,
            String execution,
            String workflow,
            Map<String, JsonNode> arguments,
            @Nullable String machine,
            @Nullable String arn,
            Instant at) {
        return new ExecutionItem(
                project,
                execution,
                workflow,
                ExecutionStatus.RUNNING,
                0,
                arguments,
                machine,
                arn,
                at,
                null,
                null,
                null,
                null);
    }

    /** Returns the rank that guards the item. */
    public long rank() {
        return status.rank(redriveCount);
    }

    /** Returns this item with another status and what goes with it; the rest stays. */
    public ExecutionItem moved(
            ExecutionStatus to, int redrives, @Nullable Instant end, @Nullable String why, @Nullable String reason) {
        return new ExecutionItem(
                project,
                execution,
                workflow,
                to,
                redrives,
                arguments,
                machine,
                arn,
                submittedAt,
                startedAt,
                end,
                why,
                reason,
                terms);
    }

    /** Returns this item with the time at which Step Functions started it; an earlier one stays. */
    public ExecutionItem started(@Nullable Instant at) {
        return new ExecutionItem(
                project,
                execution,
                workflow,
                status,
                redriveCount,
                arguments,
                machine,
                arn,
                submittedAt,
                StepItem.earlier(startedAt, at),
                endedAt,
                error,
                cause,
                terms);
    }

    /** Returns what this item and another one of the same execution know together; see {@link StepItem#joined}. */
    public ExecutionItem joined(ExecutionItem other) {
        ExecutionItem high = other.rank() > rank() ? other : this;
        return high.started(StepItem.earlier(startedAt, other.startedAt));
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
