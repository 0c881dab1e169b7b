package io.crois.runtime.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import io.crois.contract.UtcText;
import io.crois.table.CroisTable;
import io.crois.wire.JsonText;
import io.crois.wire.Records;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.sfn.SfnClient;

/**
 * {@code crois-status}: keeps the table up to date with what EventBridge tells of tasks, jobs and executions.
 *
 * <p>Events may come twice, late, in any order, or not at all: statuses only ever move forward, and what belongs to
 * nobody here is passed over.
 *
 * <p>Takes an event of EventBridge, or a batch of them from a queue of Amazon SQS; then it answers
 * {@code {"batchItemFailures": […]}} with those that failed.
 */
public final class StatusFunction implements RequestStreamHandler {
    private static final Logger LOG = LoggerFactory.getLogger(StatusFunction.class);

    private final Clock clock;
    private final TaskChanges tasks;
    private final ExecutionChanges executions;

    /** For Lambda: takes its settings from the environment and calls AWS. */
    public StatusFunction() {
        this(LambdaTable.create(), LambdaClients.onDemand(SfnClient::builder), Clock.systemUTC());
    }

    /**
     * Returns a function that works on the given table.
     *
     * @param sfn tells why an execution ended, which its event does not
     * @param clock gives the time of what happened where the event has none
     */
    public StatusFunction(CroisTable table, SfnClient sfn, Clock clock) {
        this(table, () -> sfn, clock);
    }

    StatusFunction(CroisTable table, Supplier<SfnClient> sfn, Clock clock) {
        this.clock = clock;
        this.tasks = new TaskChanges(table);
        this.executions = new ExecutionChanges(table, sfn);
    }

    @Override
    public void handleRequest(InputStream input, OutputStream output, @Nullable Context context) throws IOException {
        JsonNode event = JsonText.read(input.readAllBytes());
        if (event.path("Records").isArray()) {
            output.write(Records.bytes(Map.of("batchItemFailures", handleAll(event.path("Records")))));
        } else {
            handle(event);
            output.write(Records.bytes(true));
        }
    }

    /** Handles the events of a queue; those that fail are named, so that only they come again. */
    private List<Map<String, String>> handleAll(JsonNode records) {
        List<Map<String, String>> failed = new ArrayList<>();
        for (JsonNode queued : records) {
            try {
                handle(JsonText.parse(queued.path("body").asText()));
            } catch (RuntimeException e) {
                LOG.warn("An event of the queue failed and comes again.", e);
                failed.add(Map.of("itemIdentifier", queued.path("messageId").asText()));
            }
        }
        return failed;
    }

    /** Notes what an event tells. */
    void handle(JsonNode event) {
        JsonNode detail = event.path("detail");
        switch (event.path("detail-type").asText()) {
            case "ECS Task State Change" -> tasks.note(TaskChange.ofTask(detail, time(event)));
            case "Batch Job State Change" -> tasks.note(TaskChange.ofJob(detail, time(event)));
            case "Step Functions Execution Status Change" -> executions.note(detail, time(event));
            default -> LOG.debug("Events of type {} are not for this function.", event.path("detail-type"));
        }
    }

    private Instant time(JsonNode event) {
        String text = event.path("time").asText();
        return text.isEmpty() ? clock.instant() : UtcText.parse(text);
    }
}
