package io.crois.runtime.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import io.crois.contract.ItemKey;
import io.crois.contract.PlatformSettings;
import io.crois.table.CroisTable;
import io.crois.table.TableEntry;
import io.crois.wire.JsonText;
import io.crois.wire.Records;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.batch.BatchClient;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * {@code crois-reconcile}: finds what lost events should have told, and gives events that a dead handler left to a
 * living one.
 *
 * <p>Takes {@code {}} or any scheduled event, {@code {"project": "demo"}}, or {@code {"project": "demo", "execution":
 * "run-1"}}, and answers {@code {"executions": 3, "repaired": 1, "failed": 0, "redelivered": 0, "complete": true}}: how
 * many executions were looked at, how many items were behind, how many executions could not be looked at, how many dead
 * letters were handled, and whether time sufficed for all. The next invocation begins where this one ended. Calls AWS
 * at a rate well below the account's quotas. May be invoked again and at the same time.
 */
public final class ReconcileFunction implements RequestStreamHandler {
    private static final Logger LOG = LoggerFactory.getLogger(ReconcileFunction.class);
    private static final ItemKey CURSOR = new ItemKey("##reconcile", "CURSOR");
    private static final Duration NEWS_TAKES = Duration.ofMinutes(1);
    private static final int RESERVE_MILLIS = 20_000;

    private final CroisTable table;
    private final Clock clock;
    private final Reconciliation reconciliation;
    private final Redelivery redelivery;

    /**
     * For Lambda: takes its settings from the environment and calls AWS; {@code CROIS_DEAD_EVENTS} is the URL of the
     * dead-letter queue, if there is one.
     */
    public ReconcileFunction() {
        this(
                LambdaTable.create(),
                PlatformSettings.fromEnvironment(System.getenv()),
                LambdaClients.onDemand(SfnClient::builder),
                LambdaClients.onDemand(EcsClient::builder),
                LambdaClients.onDemand(BatchClient::builder),
                deadLetters(),
                CallRate.belowQuotas(),
                Clock.systemUTC());
    }

    /** Returns a function that works on the given table and has no dead letters. */
    public ReconcileFunction(
            CroisTable table, PlatformSettings settings, SfnClient sfn, EcsClient ecs, BatchClient batch, Clock clock) {
        this(table, settings, () -> sfn, () -> ecs, () -> batch, DeadLetters.none(), CallRate.unlimited(), clock);
    }

    ReconcileFunction(
            CroisTable table,
            PlatformSettings settings,
            Supplier<SfnClient> sfn,
            Supplier<EcsClient> ecs,
            Supplier<BatchClient> batch,
            DeadLetters letters,
            CallRate rate,
            Clock clock) {
        this.table = table;
        this.clock = clock;
        TaskLookup lookup = new TaskLookup(ecs, batch, table, settings, rate, clock);
        this.reconciliation = new Reconciliation(table, new ExecutionChanges(table, sfn), lookup, rate, clock);
        StatusFunction status = new StatusFunction(table, sfn, clock);
        this.redelivery = new Redelivery(letters, status::handle);
    }

    private static DeadLetters deadLetters() {
        String url = System.getenv("CROIS_DEAD_EVENTS");
        return url == null || url.isBlank()
                ? DeadLetters.none()
                : new SqsDeadLetters(LambdaClients.create(SqsClient.builder()), url);
    }

    /** What is to be looked at: everything, a project, or an execution. */
    record Request(@Nullable String project, @Nullable String execution) {
        static Request of(JsonNode json) {
            return new Request(
                    json.path("project").textValue(), json.path("execution").textValue());
        }
    }

    /** What was done. */
    record Summary(int executions, int repaired, int failed, int redelivered, boolean complete) {
        Map<String, Object> members() {
            return Map.<String, Object>of(
                    "executions",
                    executions,
                    "repaired",
                    repaired,
                    "failed",
                    failed,
                    "redelivered",
                    redelivered,
                    "complete",
                    complete);
        }
    }

    @Override
    public void handleRequest(InputStream input, OutputStream output, @Nullable Context context) throws IOException {
        Request request = Request.of(JsonText.read(input.readAllBytes()));
        BooleanSupplier time = () -> context == null || context.getRemainingTimeInMillis() > RESERVE_MILLIS;
        output.write(Records.bytes(reconcile(request, time).members()));
    }

    /**
     * Reconciles until all is done or time is over.
     *
     * @param time is asked before each piece of work
     */
    Summary reconcile(Request request, BooleanSupplier time) {
        if (request.project() != null && request.execution() != null) {
            int repaired = reconciliation.reconcile(request.project(), request.execution());
            return new Summary(1, repaired, 0, 0, true);
        }
        int redelivered = redelivery.redeliver(time);
        List<String> open = open(request.project());
        int done = 0;
        int repaired = 0;
        int failed = 0;
        while (done < open.size() && time.getAsBoolean()) {
            String next = open.get(done++);
            try {
                repaired += reconciliation.reconcile(project(next), execution(next));
            } catch (RuntimeException e) {
                failed++;
                LOG.warn("Execution {} could not be reconciled; the next round tries again.", next, e);
            }
        }
        if (request.project() == null && done > 0) {
            table.put(CURSOR, open.get(done - 1));
        }
        return new Summary(done, repaired, failed, redelivered, done == open.size());
    }

    /**
     * Returns all open executions that are not quite new, {@code <project>#<execution>}, beginning behind the cursor.
     */
    private List<String> open(@Nullable String project) {
        List<String> projects = project == null
                ? table.entries(ItemKey.PROJECTS, "", String.class)
                        .map(TableEntry::body)
                        .toList()
                : List.of(project);
        Instant submittedBefore = clock.instant().minus(NEWS_TAKES);
        List<String> open = projects.stream()
                .flatMap(name -> table.entries(ItemKey.openExecutions(name), "", Instant.class)
                        .filter(mark -> !mark.body().isAfter(submittedBefore))
                        .map(mark -> name + "#" + mark.key().sk()))
                .sorted()
                .toList();
        String last = table.read(CURSOR, String.class).orElse("");
        int first =
                (int) open.stream().filter(name -> name.compareTo(last) <= 0).count();
        List<String> turned = new ArrayList<>(open.subList(first, open.size()));
        turned.addAll(open.subList(0, first));
        return turned;
    }

    private static String project(String name) {
        return name.substring(0, name.indexOf('#'));
    }

    private static String execution(String name) {
        return name.substring(name.indexOf('#') + 1);
    }
}
