package io.crois.runtime.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import io.crois.contract.ForEachSpec;
import io.crois.contract.ItemKey;
import io.crois.contract.PlatformSettings;
import io.crois.contract.PrepareRequest;
import io.crois.contract.Run;
import io.crois.contract.Value;
import io.crois.table.CroisTable;
import io.crois.table.ForEachItems;
import io.crois.wire.Records;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * {@code crois-prepare}: reads a {@link PrepareRequest} and writes what the next state needs: a
 * {@link io.crois.contract.Prepared} for a step, {@code {run, count}} for a forEach (and its
 * {@link io.crois.contract.ItemList} if it is large), {@code {run, values}} for a choice.
 *
 * <p>May be called again with the same request, also at the same time; the first order and the first items stay.
 */
public final class PrepareFunction implements RequestStreamHandler {
    private final CroisTable table;
    private final Submitted submitted;
    private final StepPreparation steps;

    /** For Lambda: takes its settings from the environment and calls AWS. */
    public PrepareFunction() {
        this(LambdaTable.create(), PlatformSettings.fromEnvironment(System.getenv()), Clock.systemUTC());
    }

    /**
     * Returns a function that works on the given table.
     *
     * @param clock gives the time at which a step was prepared
     */
    public PrepareFunction(CroisTable table, PlatformSettings settings, Clock clock) {
        this.table = table;
        this.submitted = new Submitted(table);
        this.steps = new StepPreparation(table, submitted, settings, clock);
    }

    @Override
    public void handleRequest(InputStream input, OutputStream output, @Nullable Context context) throws IOException {
        Payload.answer(
                input,
                output,
                PrepareRequest.class,
                request -> LogContext.of(
                        request.run(), request.step() == null ? request.forEach() : request.step(), request.attempt()),
                this::handle);
    }

    /**
     * Prepares what is asked for and returns the answer.
     *
     * @throws MissingValue if something that the request needs is not there
     * @throws WrongValue if a value is of another type than its use needs
     * @throws SpecMissing if the spec is not deployed
     * @throws NotDeployed if nothing was registered for the back end of the step
     */
    public JsonNode handle(PrepareRequest request) {
        return switch (request.kind()) {
            case STEP -> {
                Integer attempt = required(request.attempt(), "attempt");
                yield Records.tree(steps.prepare(request, required(request.spec(), "spec"), attempt));
            }
            case ITEMS -> Records.tree(items(request));
            case VALUES -> Records.tree(Map.of("run", request.run(), "values", values(request)));
        };
    }

    /** Tells how many items there are, and of a large forEach also where Step Functions finds their list. */
    private Map<String, Object> items(PrepareRequest request) {
        Run run = request.run();
        String digest = required(request.spec(), "spec");
        ForEachSpec spec = table.read(ItemKey.spec(run.project(), request.workflow(), digest), ForEachSpec.class)
                .orElseThrow(() -> new SpecMissing("Workflow `" + request.workflow() + "` has no spec `" + digest
                        + "` in project `" + run.project() + "`. Deploy it again."));
        ForEachItems items = ForEachItems.of(table, run, spec.name());
        int count = items.count().orElseGet(() -> store(run, spec, items));
        return spec.large()
                ? Map.of("run", run, "count", count, "list", items.list())
                : Map.of("run", run, "count", count);
    }

    private int store(Run run, ForEachSpec spec, ForEachItems items) {
        JsonNode list = KnownValues.of(table, submitted, run).json(spec.items());
        if (!list.isArray()) {
            throw new WrongValue("The items of forEach `" + spec.name() + "` must be a list.");
        }
        if (spec.large()) {
            items.putLarge(list);
            return list.size();
        }
        if (list.size() > ForEachSpec.MOST_ITEMS) {
            throw new WrongValue(String.format(
                    Locale.ROOT,
                    "The list of forEach `%s` has %,d items, but the indexes of at most %,d fit the 256 KiB of a state. Set "
                            + "mode(ForEach.Mode.LARGE), or group the items, each group an item of its own.",
                    spec.name(),
                    list.size(),
                    ForEachSpec.MOST_ITEMS));
        }
        items.put(list);
        return list.size();
    }

    private Map<String, JsonNode> values(PrepareRequest request) {
        KnownValues known = KnownValues.of(table, submitted, request.run());
        Map<String, JsonNode> values = new TreeMap<>();
        Map<String, Value> asked = required(request.values(), "values");
        asked.forEach((alias, value) -> values.put(alias, known.json(value)));
        return values;
    }

    private static <T> T required(@Nullable T member, String name) {
        if (member == null) {
            throw new WrongValue(
                    "The request lacks its member `" + name + "`. This is a bug in Crois, please report it.");
        }
        return member;
    }
}
