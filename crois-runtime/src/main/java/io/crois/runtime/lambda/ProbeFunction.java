package io.crois.runtime.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import io.crois.contract.Deployment;
import io.crois.contract.ItemKey;
import io.crois.contract.ProbeRequest;
import io.crois.contract.Run;
import io.crois.contract.SubmitTerms;
import io.crois.contract.UtcText;
import io.crois.table.CroisTable;
import io.crois.workflow.Backend;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.sfn.SfnClient;

/**
 * {@code crois-probe}: sends a tiny execution the whole way on each back end, looks at the one before, and publishes
 * whether it arrived.
 *
 * <p>Takes a {@link ProbeRequest} and answers {@code {"FARGATE": "crois-probe-fargate-20260131-120000", …}}: what it
 * started. Prints a line in the embedded metric format of CloudWatch for each back end whose execution it judged: in
 * namespace {@code Crois}, with the dimensions {@code Platform} and {@code Backend}, {@code ProbeAvailability} (1 or 0)
 * and {@code ProbeDuration} (seconds). It publishes nothing of a back end that it has not tried before, or for which no
 * probe is deployed. The same request again starts nothing and publishes nothing.
 */
public final class ProbeFunction implements RequestStreamHandler {
    private static final Logger LOG = LoggerFactory.getLogger(ProbeFunction.class);
    private static final List<Backend> BACKENDS = List.of(Backend.FARGATE, Backend.BATCH);
    /** What was started before the probe was off for a while tells nothing of the present. */
    private static final Duration STALE = Duration.ofHours(3);

    private final CroisTable table;
    private final DeployedStarts starts;
    private final ProbeJudge judge;
    private final Clock clock;
    private final Consumer<String> metrics;

    /** For Lambda: takes its settings from the environment, calls AWS, and prints metrics to its log. */
    public ProbeFunction() {
        this(LambdaTable.create(), LambdaClients.onDemand(SfnClient::builder), Clock.systemUTC(), System.out::println);
    }

    /**
     * Returns a function that works on the given table.
     *
     * @param metrics takes each line of metrics, JSON
     */
    public ProbeFunction(CroisTable table, SfnClient sfn, Clock clock, Consumer<String> metrics) {
        this(table, () -> sfn, clock, metrics);
    }

    private ProbeFunction(CroisTable table, Supplier<SfnClient> sfn, Clock clock, Consumer<String> metrics) {
        this.table = table;
        this.starts = new DeployedStarts(table, sfn, clock);
        this.judge = new ProbeJudge(table);
        this.clock = clock;
        this.metrics = metrics;
    }

    /** The execution that was started last, the body of an item of the platform itself. */
    record Last(String execution, Instant at) {
        static Last of(JsonNode json) {
            return new Last(
                    json.path("execution").asText(),
                    UtcText.parse(json.path("at").asText()));
        }

        Map<String, Object> members() {
            return Map.<String, Object>of("execution", execution, "at", at);
        }
    }

    @Override
    public void handleRequest(InputStream input, OutputStream output, @Nullable Context context) throws IOException {
        Payload.answer(
                input,
                output,
                ProbeRequest.class,
                request -> LogContext.of(request.project(), name("crois-probe", request)),
                this::handle);
    }

    /**
     * Judges the last execution of each back end and starts the next one.
     *
     * @return by back end, what was started
     * @throws RuntimeException what kept a back end from being tried, after all have been; the next call tries again
     */
    public Map<String, String> handle(ProbeRequest request) {
        Map<String, String> started = new LinkedHashMap<>();
        RuntimeException failure = null;
        for (Backend backend : BACKENDS) {
            try {
                probe(request, backend).ifPresent(execution -> started.put(backend.name(), execution));
            } catch (RuntimeException e) {
                if (failure == null) {
                    failure = e;
                } else if (failure != e) {
                    failure.addSuppressed(e);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
        return started;
    }

    private Optional<String> probe(ProbeRequest request, Backend backend) {
        String workflow = ProbeRequest.workflow(backend);
        Optional<Deployment> deployment = starts.deployed(request.project(), workflow);
        if (deployment.isEmpty()) {
            LOG.warn(
                    "Workflow {} is not deployed in project {}; {} is not probed.",
                    workflow,
                    request.project(),
                    backend);
            return Optional.empty();
        }
        ItemKey key = new ItemKey("##probe", request.project() + "#" + workflow);
        String next = name(workflow, request);
        Last last = table.read(key, JsonNode.class).map(Last::of).orElse(null);
        boolean known = last != null && last.execution().equals(next);
        if (last != null && !known && last.at().plus(STALE).isAfter(clock.instant())) {
            Optional<ProbeVerdict> verdict =
                    judge.judge(Run.of(request.project(), last.execution()), last.at(), clock.instant());
            if (verdict.isEmpty()) {
                return Optional.empty();
            }
            metrics.accept(verdict.get().metrics(request.platform(), backend.name(), last.execution(), request.time()));
        }
        if (!known) {
            table.put(key, new Last(next, clock.instant()).members());
        }
        starts.start(deployment.get(), Run.of(request.project(), next), Map.of(), SubmitTerms.none());
        return Optional.of(next);
    }

    private static String name(String workflow, ProbeRequest request) {
        return workflow + "-" + StartName.time(request.time());
    }
}
