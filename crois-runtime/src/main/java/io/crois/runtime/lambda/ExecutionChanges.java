package io.crois.runtime.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import io.crois.contract.ExecutionItem;
import io.crois.contract.ExecutionStatus;
import io.crois.contract.FeedEvent;
import io.crois.contract.ItemKey;
import io.crois.contract.Json;
import io.crois.contract.Run;
import io.crois.table.CroisTable;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;

/** Notes what Step Functions tells of executions. Child executions of a distributed Map belong to their root. */
final class ExecutionChanges {
    private static final Logger LOG = LoggerFactory.getLogger(ExecutionChanges.class);

    private final CroisTable table;
    private final SfnClient sfn;

    ExecutionChanges(CroisTable table, SfnClient sfn) {
        this.table = table;
        this.sfn = sfn;
    }

    void note(JsonNode detail, Instant time) {
        String arn = detail.path("executionArn").asText();
        Optional<ExecutionItem> item = run(detail)
                .flatMap(run -> table.read(ItemKey.execution(run), ExecutionItem.class))
                .filter(known -> arn.equals(known.arn()));
        if (item.isEmpty()) {
            LOG.debug("{} is no execution of Crois.", arn);
            return;
        }
        Optional<ExecutionStatus> status = status(detail.path("status").asText());
        if (status.isEmpty()) {
            LOG.warn("{} has a status that is not known here: {}.", arn, detail.path("status"));
            return;
        }
        DescribeExecutionResponse present = sfn.describeExecution(request -> request.executionArn(arn));
        int redrives = present.redriveCount() == null ? 0 : present.redriveCount();
        switch (status.get()) {
            case RUNNING -> begin(item.get(), redrives, time);
            case PENDING_REDRIVE ->
                table.advance(item.get().moved(status.get(), redrives, null, null, null), List.of());
            default -> end(item.get(), present, time);
        }
    }

    private static Optional<ExecutionStatus> status(String text) {
        return Arrays.stream(ExecutionStatus.values())
                .filter(status -> status.name().equals(text))
                .findFirst();
    }

    private static Optional<Run> run(JsonNode detail) {
        try {
            JsonNode run = Json.parse(detail.path("input").asText("{}")).path("run");
            return run.isObject() && run.path("scope").asText().isEmpty()
                    ? Optional.of(Json.read(run, Run.class))
                    : Optional.empty();
        } catch (IllegalArgumentException inputOfSomethingElse) {
            return Optional.empty();
        }
    }

    /** The item of a first start is there already, written by who submitted it. */
    private void begin(ExecutionItem item, int redrives, Instant time) {
        FeedEvent event = FeedEvent.ofExecution(
                FeedEvent.Type.EXECUTION_STARTED, time, run(item), item.workflow(), redrives, null);
        if (redrives == 0) {
            table.append(event);
        } else {
            table.advance(item.moved(ExecutionStatus.RUNNING, redrives, null, null, null), List.of(event));
        }
    }

    private void end(ExecutionItem item, DescribeExecutionResponse present, Instant time) {
        ExecutionStatus status = status(present.statusAsString()).orElse(ExecutionStatus.RUNNING);
        if (!status.ended()) {
            LOG.debug("Execution {} was redriven since it ended.", item.execution());
            return;
        }
        int redrives = present.redriveCount() == null ? 0 : present.redriveCount();
        Instant end = present.stopDate() == null ? time : present.stopDate();
        ExecutionItem ended = item.moved(status, redrives, end, present.error(), present.cause());
        table.advance(ended, List.of(FeedEvent.ended(ended)));
    }

    private static Run run(ExecutionItem item) {
        return Run.of(item.project(), item.execution());
    }
}
