package io.crois.runtime.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import io.crois.contract.Json;
import io.crois.table.CroisTable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Clock;
import java.time.Instant;
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

    private final Clock clock;
    private final TaskChanges tasks;
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
        this.clock = clock;
        this.tasks = new TaskChanges(table);
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
            case "ECS Task State Change" -> tasks.note(TaskChange.ofTask(detail, time(event)));
            case "Batch Job State Change" -> tasks.note(TaskChange.ofJob(detail, time(event)));
            case "Step Functions Execution Status Change" -> executions.note(detail, time(event));
            default -> LOG.debug("Events of type {} are not for this function.", event.path("detail-type"));
        }
    }

    private Instant time(JsonNode event) {
        String text = event.path("time").asText();
        return text.isEmpty() ? clock.instant() : Instant.parse(text);
    }
}
