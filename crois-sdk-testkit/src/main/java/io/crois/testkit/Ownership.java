package io.crois.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import io.crois.contract.ExecutionItem;
import io.crois.contract.ExecutionStatus;
import io.crois.contract.FeedEvent;
import io.crois.contract.ItemKey;
import io.crois.contract.Json;
import io.crois.contract.Run;
import io.crois.table.CroisTable;
import io.crois.testkit.aws.InMemoryAws;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which process runs which execution of a store. State machines run within a process and end with it, so that what a
 * process that no longer lives had under way is closed by the next one that opens the store.
 */
final class Ownership {
    /** The error of an execution whose process ended before it. */
    static final String INTERRUPTED = "Crois.Interrupted";

    private static final Logger LOG = LoggerFactory.getLogger(Ownership.class);
    private static final String FUNCTION = "crois-local-owner";
    private static final Duration START_TAKES_AT_MOST = Duration.ofMinutes(1);

    private final CroisTable table;
    private final String project;
    private final ProcessRegistry processes;

    Ownership(CroisTable table, String project, ProcessRegistry processes) {
        this.table = table;
        this.project = project;
        this.processes = processes;
    }

    /** Puts every execution that starts here on record. */
    void install(InMemoryAws aws) {
        aws.lambdaFunction(FUNCTION, event -> {
            record(event.path("detail"));
            return NullNode.instance;
        });
        String arn = aws.lambda()
                .getFunction(request -> request.functionName(FUNCTION))
                .configuration()
                .functionArn();
        aws.eventBridge()
                .putRule(request -> request.name(FUNCTION)
                        .eventPattern("{\"source\": [\"aws.states\"], \"detail\": {\"status\": [\"RUNNING\"]}}"));
        aws.eventBridge()
                .putTargets(request -> request.rule(FUNCTION)
                        .targets(target -> target.id(FUNCTION).arn(arn)));
    }

    private void record(JsonNode detail) {
        JsonNode run = Json.parse(detail.path("input").asText("{}")).path("run");
        if (run.path("scope").asText("none").isEmpty()) {
            table.put(owner(run.path("execution").asText()), processes.id());
        }
    }

    /** Closes what processes that no longer live had under way. */
    void closeInterrupted(Instant now) {
        table.queryLatest(ItemKey.executions(project), String.class)
                .map(name -> table.read(ItemKey.execution(Run.of(project, name)), ExecutionItem.class))
                .flatMap(Optional::stream)
                .filter(item -> !item.status().ended() && isInterrupted(item, now))
                .toList()
                .forEach(item -> close(item, now));
    }

    /** Closes what this process has under way, before it ends. */
    void closeOwn(Instant now) {
        table.queryLatest(ItemKey.executions(project), String.class)
                .filter(name -> table.read(owner(name), String.class)
                        .filter(processes.id()::equals)
                        .isPresent())
                .map(name -> table.read(ItemKey.execution(Run.of(project, name)), ExecutionItem.class))
                .flatMap(Optional::stream)
                .filter(item -> !item.status().ended())
                .toList()
                .forEach(item -> close(item, now));
    }

    private boolean isInterrupted(ExecutionItem item, Instant now) {
        Optional<String> owner = table.read(owner(item.execution()), String.class);
        return owner.map(process -> !processes.isAlive(process))
                .orElseGet(() -> item.submittedAt().plus(START_TAKES_AT_MOST).isBefore(now));
    }

    private void close(ExecutionItem item, Instant now) {
        String cause = "The process that ran it ended before the execution did. Submit it again.";
        ExecutionItem closed = item.ended(ExecutionStatus.ABORTED, now, INTERRUPTED, cause);
        if (table.advance(closed, List.of(FeedEvent.ended(closed)))) {
            LOG.info("Execution {} was interrupted when its process ended.", item.execution());
        }
    }

    private ItemKey owner(String execution) {
        return new ItemKey(project + "##owners", execution);
    }
}
