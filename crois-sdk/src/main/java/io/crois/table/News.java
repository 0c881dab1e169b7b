package io.crois.table;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crois.contract.ExecutionItem;
import io.crois.contract.ExecutionStatus;
import io.crois.contract.FeedEvent;
import io.crois.contract.StepItem;
import io.crois.contract.StepStatus;
import io.crois.wire.JsonText;
import io.crois.wire.Records;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells what a change of an item brings to light: also what was passed over, because the events that would have told it
 * came late, in another order, or not at all.
 */
final class News {

    private News() {}

    /** Returns what became known of a step besides the end of its attempt: prepared, queued, started. */
    static List<FeedEvent> of(@Nullable StepItem before, StepItem after, String workflow) {
        @Nullable StepItem same = before != null && before.attempt() == after.attempt() ? before : null;
        if (same != null && same.over()) {
            return List.of();
        }
        Instant begun = begun(after);
        List<FeedEvent> news = new ArrayList<>();
        if (same == null && after.preparedAt() != null) {
            news.add(event(FeedEvent.Type.STEP_PREPARED, after.preparedAt(), after, workflow));
        }
        if (queued(after) && (same == null || !queued(same))) {
            news.add(event(FeedEvent.Type.STEP_QUEUED, begun, after, workflow));
        }
        if (started(after) && (same == null || !started(same))) {
            Instant start = after.startedAt() == null ? begun : after.startedAt();
            news.add(event(FeedEvent.Type.STEP_STARTED, start, after, workflow));
        }
        return news;
    }

    /**
     * Returns what became known of an execution.
     *
     * @param at when it became known; the time of a redrive, which nothing else tells
     */
    static List<FeedEvent> of(@Nullable ExecutionItem before, ExecutionItem after, Instant at) {
        @Nullable ExecutionItem same = before != null && before.redriveCount() == after.redriveCount() ? before : null;
        if (same != null && same.status().ended()) {
            return List.of();
        }
        List<FeedEvent> news = new ArrayList<>();
        if (begun(after) && (same == null || !begun(same))) {
            Instant first = after.startedAt() == null ? at : after.startedAt();
            news.add(FeedEvent.started(after, after.redriveCount() == 0 ? first : at));
        }
        if (after.status().ended()) {
            news.add(FeedEvent.ended(after));
        }
        return news;
    }

    private static boolean begun(ExecutionItem item) {
        return item.redriveCount() == 0 ? item.startedAt() != null : item.status() != ExecutionStatus.PENDING_REDRIVE;
    }

    /** Whether the back end is known to have taken the attempt. */
    private static boolean queued(StepItem item) {
        return switch (item.status()) {
            case QUEUED, RUNNING, STOPPED, SUCCEEDED -> true;
            case PREPARED, RETRYING, FAILED -> item.arn() != null || started(item);
        };
    }

    private static boolean started(StepItem item) {
        return item.startedAt() != null
                || item.exitCode() != null
                || item.status() == StepStatus.RUNNING
                || item.status() == StepStatus.SUCCEEDED;
    }

    private static Instant begun(StepItem item) {
        return firstOf(item.preparedAt(), item.startedAt(), item.endedAt());
    }

    private static Instant firstOf(@Nullable Instant... times) {
        for (@Nullable Instant time : times) {
            if (time != null) {
                return time;
            }
        }
        return Instant.EPOCH;
    }

    private static FeedEvent event(FeedEvent.Type type, Instant time, StepItem item, String workflow) {
        JsonNode detail = type == FeedEvent.Type.STEP_PREPARED ? placed(item) : task(item);
        return FeedEvent.ofStep(type, time, item.run(), workflow, item.step(), item.attempt(), detail);
    }

    private static JsonNode placed(StepItem item) {
        ObjectNode all = (ObjectNode) Records.tree(item);
        return all.retain("backend", "machine");
    }

    private static JsonNode task(StepItem item) {
        ObjectNode detail = JsonText.object();
        return item.arn() == null ? detail : detail.put("arn", item.arn());
    }
}
