package io.crois.runtime.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crois.contract.DeployedStep;
import io.crois.contract.FeedEvent;
import io.crois.contract.ItemKey;
import io.crois.contract.PlatformSettings;
import io.crois.contract.RouteDecision;
import io.crois.contract.RouteRequest;
import io.crois.contract.Run;
import io.crois.contract.StepDecision;
import io.crois.contract.StepItem;
import io.crois.contract.StepSpec;
import io.crois.contract.StepStatus;
import io.crois.contract.TaskReport;
import io.crois.table.CroisTable;
import io.crois.wire.JsonText;
import io.crois.wire.Records;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.batch.BatchClient;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.sfn.SfnClient;

/**
 * {@code crois-route}: decides what follows a failed attempt: another one, or the failure of the step.
 *
 * <p>Takes a {@link RouteRequest} and answers a {@link RouteDecision}, or fails with a {@link StepFailure}. The first
 * decision about an attempt stays, however often and concurrently the function is invoked; only when the execution was
 * redriven after the step had failed does the step go round again.
 */
public final class RouteFunction implements RequestStreamHandler {
    private final CroisTable table;
    private final Clock clock;
    private final Redrives redrives;
    private final Starts starts;

    /** For Lambda: takes its settings from the environment and calls AWS. */
    public RouteFunction() {
        this(
                LambdaTable.create(),
                LambdaClients.onDemand(SfnClient::builder),
                () -> SeldomNeeded.LOOKUP,
                Clock.systemUTC());
    }

    /** Returns a function that learns of redrives from the table alone. */
    public RouteFunction(CroisTable table, Clock clock) {
        this(table, null, null, clock);
    }

    /** Returns a function that asks Step Functions for redrives. */
    public RouteFunction(CroisTable table, SfnClient sfn, Clock clock) {
        this(table, () -> sfn, null, clock);
    }

    /** Returns a function that also asks the back ends whether a container started when nobody has told. */
    public RouteFunction(
            CroisTable table, PlatformSettings settings, SfnClient sfn, EcsClient ecs, BatchClient batch, Clock clock) {
        this(
                table,
                () -> sfn,
                () -> new TaskLookup(() -> ecs, () -> batch, table, settings, CallRate.unlimited(), clock),
                clock);
    }

    private RouteFunction(
            CroisTable table, @Nullable Supplier<SfnClient> sfn, @Nullable Supplier<TaskLookup> lookup, Clock clock) {
        this.table = table;
        this.clock = clock;
        this.redrives = new Redrives(table, sfn);
        this.starts = new Starts(table, lookup);
    }

    /** Clients that most invocations never use are made by the first that does. */
    private static final class SeldomNeeded {
        private static final TaskLookup LOOKUP = new TaskLookup(
                LambdaClients.onDemand(EcsClient::builder),
                LambdaClients.onDemand(BatchClient::builder),
                LambdaTable.create(),
                PlatformSettings.fromEnvironment(System.getenv()),
                CallRate.unlimited(),
                Clock.systemUTC());
    }

    @Override
    public void handleRequest(InputStream input, OutputStream output, @Nullable Context context) throws IOException {
        Payload.answer(
                input,
                output,
                RouteRequest.class,
                request -> LogContext.of(request.run(), request.step(), request.attempt()),
                this::route);
    }

    /**
     * Decides what follows a failed attempt.
     *
     * @throws StepFailure if no other attempt follows; its class is named for what went wrong
     * @throws SpecMissing if the step's spec is not deployed
     */
    RouteDecision route(RouteRequest request) {
        ItemKey key = ItemKey.decision(request.run(), request.step(), request.attempt());
        StepDecision decision = table.read(key, StepDecision.class)
                .map(made -> unlessRedriven(key, request, made))
                .orElseGet(() -> decide(key, request));
        if (!decision.retries()) {
            throw StepFailure.of(decision);
        }
        return new RouteDecision(request.run(), request.attempt() + 1, decision.waitSeconds());
    }

    private StepDecision unlessRedriven(ItemKey key, RouteRequest request, StepDecision made) {
        if (made.retries()) {
            announce(request, made);
            return made;
        }
        int count = redrives.count(request.run());
        if (count <= made.redriveCount()) {
            announce(request, made);
            return made;
        }
        StepDecision again = made.redriven(count, clock.instant());
        table.append(event(request, again, FeedEvent.Type.STEP_RETRYING));
        table.put(key, again);
        return again;
    }

    private StepDecision decide(ItemKey key, RouteRequest request) {
        StepDecision mine = decision(request);
        StepDecision first = table.putIfAbsent(key, mine)
                ? mine
                : table.read(key, StepDecision.class).orElse(mine);
        announce(request, first);
        return first;
    }

    private StepDecision decision(RouteRequest request) {
        Run run = request.run();
        StepSpec spec = spec(request);
        Failed failed = failed(request);
        List<StepDecision> earlier = table.query(
                        ItemKey.partition(run), ItemKey.decisions(run, request.step()), StepDecision.class)
                .filter(decision -> decision.attempt() < request.attempt())
                .sorted(Comparator.comparing(StepDecision::attempt))
                .toList();
        RetryDecider.Answer answer = new RetryDecider(spec.retry(), earlier).decide(failed);
        boolean over = answer.grant() == StepDecision.Grant.NONE;
        return new StepDecision(
                run,
                request.step(),
                request.attempt(),
                answer.grant(),
                answer.rule(),
                failed.failure(),
                failed.exitCode(),
                answer.waitSeconds(),
                answer.next(),
                ran(request),
                over ? redrives.count(run) : 0,
                clock.instant());
    }

    /** The item of the step tells of its latest attempt only, and the next one will stand there soon. */
    private StepDecision.Ran ran(RouteRequest request) {
        StepItem item = table.read(ItemKey.step(request.run(), request.step()), StepItem.class)
                .filter(known -> known.attempt() == request.attempt())
                .orElseGet(() -> StepItem.unknown(request.run(), request.step(), request.attempt()));
        ContainerEnd end = ContainerEnd.of(request.error());
        return new StepDecision.Ran(
                item.backend(),
                item.machine(),
                item.preparedAt(),
                item.startedAt() == null && end != null ? end.startedAt() : item.startedAt());
    }

    private StepSpec spec(RouteRequest request) {
        ItemKey key = ItemKey.spec(request.run().project(), request.workflow(), request.spec());
        return table.read(key, DeployedStep.class)
                .orElseThrow(() -> new SpecMissing("Workflow `" + request.workflow() + "` of project `"
                        + request.run().project() + "` has no spec `" + request.spec() + "` of step `"
                        + request.step() + "`; deploy it again."))
                .spec();
    }

    private Failed failed(RouteRequest request) {
        ItemKey key = ItemKey.report(request.run(), request.step(), request.attempt());
        TaskReport report = table.read(key, TaskReport.class).orElse(null);
        boolean started = report != null || starts.started(request);
        return FailureClassifier.classify(request.error(), report, started);
    }

    private void announce(RouteRequest request, StepDecision decision) {
        StepItem item = decision.retries()
                ? item(request, decision, StepStatus.RETRYING)
                : item(request, decision, StepStatus.FAILED);
        FeedEvent.Type type = decision.retries() ? FeedEvent.Type.STEP_RETRYING : FeedEvent.Type.STEP_FAILED;
        table.note(item, request.workflow(), List.of(event(request, decision, type)));
    }

    private static StepItem item(RouteRequest request, StepDecision decision, StepStatus status) {
        ContainerEnd end = ContainerEnd.of(request.error());
        return StepItem.unknown(request.run(), request.step(), request.attempt())
                .moved(status, end == null ? null : end.arn(), end == null ? null : end.startedAt())
                .ended(status, decision.at(), decision.failure(), decision.exitCode());
    }

    private static FeedEvent event(RouteRequest request, StepDecision decision, FeedEvent.Type type) {
        ObjectNode detail = JsonText.object();
        detail.set("failure", Records.tree(decision.failure()));
        if (decision.exitCode() != null) {
            detail.put("exitCode", decision.exitCode());
        }
        if (decision.retries()) {
            detail.put("wait", decision.waitSeconds());
        }
        return FeedEvent.ofStep(
                type, decision.at(), request.run(), request.workflow(), request.step(), request.attempt(), detail);
    }
}
