package io.crois.runtime.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import io.crois.contract.Deployment;
import io.crois.contract.ItemKey;
import io.crois.contract.Run;
import io.crois.contract.StartRequest;
import io.crois.contract.StartRule;
import io.crois.table.CroisTable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.sfn.SfnClient;

/**
 * {@code crois-start}: starts an execution that a schedule or an event asks for, with its items, so that listeners,
 * lists and results know it as any other.
 *
 * <p>Takes a {@link StartRequest}; what is to be started is not its business but the {@link StartRule}'s, whose token
 * it must know. The name of the execution follows from the time or the event, so that a request that comes again starts
 * nothing new. Answers {@code {"execution": name}}, or {@code {}} where nothing is to be started.
 */
public final class StartFunction implements RequestStreamHandler {
    private static final Logger LOG = LoggerFactory.getLogger(StartFunction.class);

    private final CroisTable table;
    private final DeployedStarts starts;

    /** For Lambda: takes its settings from the environment and calls AWS. */
    public StartFunction() {
        this(LambdaTable.create(), LambdaClients.onDemand(SfnClient::builder), Clock.systemUTC());
    }

    /**
     * Returns a function that works on the given table.
     *
     * @param clock gives the time at which an execution was submitted
     */
    public StartFunction(CroisTable table, SfnClient sfn, Clock clock) {
        this(table, () -> sfn, clock);
    }

    private StartFunction(CroisTable table, Supplier<SfnClient> sfn, Clock clock) {
        this.table = table;
        this.starts = new DeployedStarts(table, sfn, clock);
    }

    @Override
    public void handleRequest(InputStream input, OutputStream output, @Nullable Context context) throws IOException {
        Payload.answer(
                input,
                output,
                StartRequest.class,
                request -> LogContext.of(request.project(), request.rule()),
                request -> handle(request)
                        .<Object>map(name -> Map.of("execution", name))
                        .orElse(Map.of()));
    }

    /**
     * Starts what a rule asks for and returns the name of the execution; empty if the rule is gone or paused, or is not
     * of whoever asks.
     *
     * @throws NotDeployed if no version of the workflow is deployed
     */
    public Optional<String> handle(StartRequest request) {
        Optional<StartRule> rule = table.read(ItemKey.start(request.project(), request.rule()), StartRule.class);
        if (rule.isEmpty() || rule.get().paused()) {
            LOG.info("Rule {} of project {} is gone or paused; nothing is started.", request.rule(), request.project());
            return Optional.empty();
        }
        if (!isOf(rule.get(), request)) {
            LOG.warn("Rule {} of project {} was not asked by its own schedule.", request.rule(), request.project());
            return Optional.empty();
        }
        Run run = Run.of(request.project(), StartName.of(rule.get(), request));
        start(rule.get(), request, run);
        return Optional.of(run.execution());
    }

    private static boolean isOf(StartRule rule, StartRequest request) {
        return request.token() != null && MessageDigest.isEqual(bytes(rule.token()), bytes(request.token()));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private void start(StartRule rule, StartRequest request, Run run) {
        Deployment deployment = starts.deployed(run.project(), rule.workflow())
                .orElseThrow(() -> new NotDeployed("Workflow `" + rule.workflow() + "` of project `" + run.project()
                        + "` is not deployed, so that rule `" + rule.name() + "` starts nothing. Deploy it."));
        starts.start(deployment, run, arguments(rule, request), rule.otherwise());
    }

    private static Map<String, JsonNode> arguments(StartRule rule, StartRequest request) {
        Map<String, JsonNode> arguments = new LinkedHashMap<>(rule.arguments());
        JsonNode detail = request.detail();
        rule.fromEvent().forEach((parameter, pointer) -> {
            JsonNode value = detail == null ? null : detail.at(pointer);
            if (value == null || value.isMissingNode()) {
                throw new MissingValue("The event that rule `" + rule.name() + "` waited for has no `" + pointer
                        + "`, which is the argument of `" + parameter + "`.");
            }
            arguments.put(parameter, value);
        });
        return arguments;
    }
}
