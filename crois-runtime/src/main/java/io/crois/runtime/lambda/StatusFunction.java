package io.crois.runtime.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import io.crois.contract.FeedEvent;
import io.crois.contract.ItemKey;
import io.crois.contract.Json;
import io.crois.contract.OrderLocation;
import io.crois.contract.StepItem;
import io.crois.contract.StepStatus;
import io.crois.contract.TaskOrder;
import io.crois.table.CroisTable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.sfn.SfnClient;

/**
 * {@code crois-status}: keeps the table up to date with what EventBridge tells of tasks, jobs and executions.
 *
 * <p>Events may come twice, late, in any order, or not at all: statuses only ever move forward, and what belongs to
 * nobody here is passed over.
 */
public final class StatusFunction implements RequestStreamHandler {
    private static final Logger LOG = LoggerFactory.getLogger(StatusFunction.class);

    private final CroisTable table;
    private final Clock clock;
    private final ExecutionChanges executions;

    /** For Lambda: takes its settings from the environment and calls AWS. */
    public StatusFunction() {
        this(
                LambdaTable.create(),
                SfnClient.builder().httpClient(UrlConnectionHttpClient.create()).build(),
                Clock.systemUTC());
    }

    /**
     * Returns a function that works on the given table.
     *
     * @param sfn tells why an execution ended, which its event does not
     * @param clock gives the time of what happened where the event has none
     */
    public StatusFunction(CroisTable table, SfnClient sfn, Clock clock) {
        this.table = table;
        this.clock = clock;
        this.executions = new ExecutionChanges(table, sfn);
    }

    @Override
    public void handleRequest(InputStream input, OutputStream output, @Nullable Context context) throws IOException {
        handle(Json.mapper().readTree(input));
        Json.mapper().writeValue(output, true);
    }

    /** Notes what an event tells. */
    void handle(JsonNode event) {
        JsonNode detail = event.path("detail");
        switch (event.path("detail-type").asText()) {
            case "ECS Task State Change" -> note(TaskChange.ofTask(detail));
            case "Batch Job State Change" -> note(TaskChange.ofJob(detail));
            case "Step Functions Execution Status Change" -> executions.note(detail, time(event));
            default -> LOG.debug("Events of type {} are not for this function.", event.path("detail-type"));
        }
    }

    private Instant time(JsonNode event) {
        String text = event.path("time").asText();
        return text.isEmpty() ? clock.instant() : Instant.parse(text);
    }

    private void note(TaskChange change) {
        Optional<StepStatus> status = change.status();
        Optional<TaskOrder> order = change.order().flatMap(this::order);
        if (status.isEmpty() || order.isEmpty()) {
            LOG.debug("{} works for no execution of Crois, or has no status to note.", change.arn());
            return;
        }
        note(change, status.get(), order.get());
    }

    private Optional<TaskOrder> order(String text) {
        try {
            return table.read(OrderLocation.parse(text).key(), TaskOrder.class);
        } catch (IllegalArgumentException e) {
            LOG.warn("An event names an order that cannot be one: {}", e.getMessage());
            return Optional.empty();
        }
    }

    private void note(TaskChange change, StepStatus status, TaskOrder order) {
        StepItem known = table.read(ItemKey.step(order.run(), order.step()), StepItem.class)
                .filter(item -> item.attempt() == order.attempt())
                .orElseGet(() -> StepItem.unknown(order.run(), order.step(), order.attempt()));
        StepItem moved = known.moved(status, change.arn(), change.startedAt());
        if (status == StepStatus.STOPPED) {
            Instant end = change.stoppedAt() == null ? clock.instant() : change.stoppedAt();
            moved = moved.ended(status, end, known.failure(), change.exitCode());
        }
        table.advance(moved, events(order, moved, change));
    }

    private List<FeedEvent> events(TaskOrder order, StepItem item, TaskChange change) {
        Instant now = clock.instant();
        return switch (item.status()) {
            case QUEUED -> List.of(event(FeedEvent.Type.STEP_QUEUED, now, order, item));
            case RUNNING -> {
                Instant started = change.startedAt() == null ? now : change.startedAt();
                yield List.of(event(FeedEvent.Type.STEP_STARTED, started, order, item));
            }
            default -> List.of();
        };
    }

    private static FeedEvent event(FeedEvent.Type type, Instant time, TaskOrder order, StepItem item) {
        return FeedEvent.ofStep(
                type, time, order.run(), order.workflow(), order.step(), order.attempt(), Json.tree(item));
    }
}
