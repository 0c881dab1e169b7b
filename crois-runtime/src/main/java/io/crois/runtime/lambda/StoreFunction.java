package io.crois.runtime.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crois.contract.ArtifactProduct;
import io.crois.contract.DeployedStep;
import io.crois.contract.FeedEvent;
import io.crois.contract.ItemKey;
import io.crois.contract.ResultProduct;
import io.crois.contract.Run;
import io.crois.contract.StepItem;
import io.crois.contract.StepSpec;
import io.crois.contract.StepStatus;
import io.crois.contract.StoreRequest;
import io.crois.contract.StoredArtifact;
import io.crois.contract.TaskOrder;
import io.crois.contract.TaskReport;
import io.crois.table.CroisTable;
import io.crois.wire.JsonText;
import io.crois.wire.Records;
import io.crois.workflow.Backend;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * {@code crois-store}: holds the report of a finished container against what the step declares, publishes its results
 * and artifacts, and says that the step succeeded.
 *
 * <p>Takes a {@link StoreRequest} and answers {@code {"run": …}}. May be invoked again with the same request: what is
 * published is the same, and the status and its events are written once.
 */
public final class StoreFunction implements RequestStreamHandler {
    /** A transaction holds 100 writes: the step item, its event, and the artifacts' events. */
    private static final int EVENTS_IN_TRANSACTION = 90;

    /** How many characters of results the event of a success holds at most. */
    private static final int RESULTS_TOLD = 2_000;

    private final CroisTable table;
    private final Clock clock;

    /** Makes the function as Lambda does, with its settings from the environment. */
    public StoreFunction() {
        this(LambdaTable.create(), Clock.systemUTC());
    }

    /** Makes the function over a table of the caller's. */
    public StoreFunction(CroisTable table, Clock clock) {
        this.table = table;
        this.clock = clock;
    }

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        Payload.answer(
                input,
                output,
                StoreRequest.class,
                request -> LogContext.of(request.run(), request.step(), request.attempt()),
                this::store);
    }

    /**
     * Publishes what an attempt left.
     *
     * @throws ReportMissing if the agent left no report
     * @throws MissingOutput if a declared output or result is not in the report
     * @throws SpecMissing if the step's spec is not deployed
     */
    Map<String, Run> store(StoreRequest request) {
        TaskReport report = report(request);
        StepSpec spec = spec(request);
        check(spec, report);
        List<FeedEvent> events = publish(request, spec, report);
        succeed(request, report, events);
        return Map.of("run", request.run());
    }

    private TaskReport report(StoreRequest request) {
        ItemKey key = ItemKey.report(request.run(), request.step(), request.attempt());
        return table.read(key, TaskReport.class)
                .orElseThrow(() -> new ReportMissing("Step `" + request.step() + "` attempt " + request.attempt()
                        + " ended, but its agent left no report." + swallowed(request)));
    }

    /** On Batch the entry point of the image stands before the agent, and nothing of ours can overrule it. */
    private String swallowed(StoreRequest request) {
        boolean batch = table.read(ItemKey.step(request.run(), request.step()), StepItem.class)
                .filter(step -> step.backend() == Backend.BATCH)
                .isPresent();
        return batch
                ? " AWS Batch passes the agent to the image's ENTRYPOINT: the image must have none, or one that executes its"
                        + " arguments, as `exec \"$@\"` does. Change the image, or run the step on Fargate."
                : "";
    }

    private StepSpec spec(StoreRequest request) {
        ItemKey key = ItemKey.spec(request.run().project(), request.workflow(), request.spec());
        return table.read(key, DeployedStep.class)
                .orElseThrow(() -> new SpecMissing("Workflow `" + request.workflow() + "` of project `"
                        + request.run().project() + "` has no spec `" + request.spec() + "` of step `"
                        + request.step() + "`; deploy it again."))
                .spec();
    }

    private static void check(StepSpec spec, TaskReport report) {
        List<String> stored = report.outputs().stream()
                .filter(output -> !output.partial())
                .map(StoredArtifact::artifact)
                .toList();
        List<String> missing = new ArrayList<>();
        spec.produces().stream()
                .filter(product -> !product.optional() && !stored.contains(product.artifact()))
                .map(ArtifactProduct::artifact)
                .forEach(name -> missing.add("artifact `" + name + "`"));
        spec.reports().stream()
                .map(ResultProduct::result)
                .filter(name -> !report.results().containsKey(name))
                .forEach(name -> missing.add("result `" + name + "`"));
        if (!missing.isEmpty()) {
            throw new MissingOutput("Step `" + spec.step() + "` declares " + String.join(", ", missing)
                    + ", but its report does not have them.");
        }
    }

    private List<FeedEvent> publish(StoreRequest request, StepSpec spec, TaskReport report) {
        List<FeedEvent> events = new ArrayList<>();
        for (StoredArtifact artifact : new Publication(table).publish(request.run(), spec, report)) {
            events.add(event(FeedEvent.Type.ARTIFACT_PUBLISHED, request, Records.tree(artifact))
                    .numbered(events.size() + 1L));
        }
        if (spec.cached()) {
            remember(request, report);
        }
        return events;
    }

    /** Lets later executions find this attempt by what it did. */
    private void remember(StoreRequest request, TaskReport report) {
        table.read(ItemKey.order(request.run(), request.step(), request.attempt()), TaskOrder.class)
                .map(TaskOrder::fingerprint)
                .ifPresent(fingerprint -> table.put(ItemKey.cached(request.run().project(), fingerprint), report));
    }

    private void succeed(StoreRequest request, TaskReport report, List<FeedEvent> artifacts) {
        StepItem step = succeeded(request, report);
        List<FeedEvent> events = new ArrayList<>(artifacts);
        events.add(event(FeedEvent.Type.STEP_SUCCEEDED, request, told(report)));
        int apart = Math.max(0, events.size() - EVENTS_IN_TRANSACTION);
        events.subList(0, apart).forEach(table::append);
        table.note(step, request.workflow(), events.subList(apart, events.size()));
    }

    /** Small results are told with the event; who wants a large one reads it. */
    private static JsonNode told(TaskReport report) {
        ObjectNode detail = JsonText.object().put("exitCode", report.exitCode());
        ObjectNode results = detail.putObject("results");
        int room = RESULTS_TOLD;
        for (Map.Entry<String, JsonNode> result : new TreeMap<>(report.results()).entrySet()) {
            int length = Records.write(result.getValue()).length();
            if (length <= room) {
                results.set(result.getKey(), result.getValue());
                room -= length;
            }
        }
        return detail;
    }

    private StepItem succeeded(StoreRequest request, TaskReport report) {
        TaskReport.Phase ran = report.phases().get("run");
        StoreRequest.Task task = request.task();
        return StepItem.unknown(request.run(), request.step(), request.attempt())
                .moved(StepStatus.SUCCEEDED, task == null ? null : task.arn(), task == null ? null : task.start())
                .moved(StepStatus.SUCCEEDED, null, ran == null ? null : ran.start())
                .ended(StepStatus.SUCCEEDED, clock.instant(), null, report.exitCode());
    }

    private FeedEvent event(FeedEvent.Type type, StoreRequest request, JsonNode detail) {
        return FeedEvent.ofStep(
                type, clock.instant(), request.run(), request.workflow(), request.step(), request.attempt(), detail);
    }
}
