package io.crois.runtime.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import io.crois.contract.ExecutionItem;
import io.crois.contract.ExecutionStatus;
import io.crois.contract.ItemKey;
import io.crois.contract.Run;
import io.crois.table.CroisTable;
import io.crois.wire.JsonText;
import io.crois.wire.Records;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;

/** Notes what Step Functions tells of executions. Child executions of a distributed Map belong to their root. */
final class ExecutionChanges {
    private static final Logger LOG = LoggerFactory.getLogger(ExecutionChanges.class);

    private final CroisTable table;
    private final Supplier<SfnClient> sfn;
    private final Projects projects;

    ExecutionChanges(CroisTable table, Supplier<SfnClient> sfn) {
        this.table = table;
        this.sfn = sfn;
        this.projects = new Projects(table);
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
        projects.note(item.get().project());
        LOG.info(
                "Execution {} of project {} is {}.",
                item.get().execution(),
                item.get().project(),
                status.get());
        note(item.get(), status.get(), started(detail, time), time);
    }

    /**
     * What the first start tells stands in its event; whether an execution was redriven, only its description tells.
     */
    private void note(ExecutionItem item, ExecutionStatus status, Instant started, Instant time) {
        boolean first = item.redriveCount() == 0 && !item.status().ended();
        if (status == ExecutionStatus.RUNNING && first) {
            table.note(item.started(started), time);
        } else {
            note(item, describe(String.valueOf(item.arn())), status, time);
        }
    }

    DescribeExecutionResponse describe(String arn) {
        return sfn.get().describeExecution(request -> request.executionArn(arn));
    }

    /**
     * Notes what Step Functions says of an execution at present.
     *
     * @param told the status that an event told; the present one is a later one, if it differs
     * @return whether something was new
     */
    boolean note(ExecutionItem item, DescribeExecutionResponse present, ExecutionStatus told, Instant time) {
        ExecutionStatus status = status(present.statusAsString()).orElse(ExecutionStatus.RUNNING);
        int redrives = present.redriveCount() == null ? 0 : present.redriveCount();
        ExecutionItem started = item.started(present.startDate());
        if (status.ended()) {
            Instant end = present.stopDate() == null ? time : present.stopDate();
            return table.note(started.moved(status, redrives, end, present.error(), present.cause()), time);
        }
        if (told.ended()) {
            LOG.debug("Execution {} was redriven since it ended.", item.execution());
        }
        return table.note(started.moved(status, redrives, null, null, null), time);
    }

    private static Instant started(JsonNode detail, Instant sent) {
        JsonNode start = detail.path("startDate");
        return start.isNumber() ? Instant.ofEpochMilli(start.longValue()) : sent;
    }

    private static Optional<ExecutionStatus> status(String text) {
        return Arrays.stream(ExecutionStatus.values())
                .filter(status -> status.name().equals(text))
                .findFirst();
    }

    private static Optional<Run> run(JsonNode detail) {
        try {
            JsonNode run = JsonText.parse(detail.path("input").asText("{}")).path("run");
            return run.isObject() && run.path("scope").asText().isEmpty()
                    ? Optional.of(Records.read(run, Run.class))
                    : Optional.empty();
        } catch (IllegalArgumentException inputOfSomethingElse) {
            return Optional.empty();
        }
    }
}
