package io.crois.testkit.engine.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crois.asl.MapState;
import io.crois.asl.ProcessorConfig;
import io.crois.asl.QueryLanguage;
import io.crois.asl.StateMachine;
import io.crois.testkit.engine.internal.expression.StatesError;
import io.crois.testkit.engine.internal.history.FailureDetails;
import io.crois.testkit.engine.internal.history.MapDetails;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sfn.model.HistoryEventType;

/** Runs a machine for each item or batch of items, each in an execution of its own. */
final class DistributedMapPlan extends PlannedState {

    private final MapFields fields;
    private final MapTolerance.Plan tolerance;
    private final @Nullable ItemReaderPlan reader;
    private final ItemBatches.@Nullable Plan batcher;
    private final @Nullable ResultWriterPlan writer;
    private final MachinePlan processor;
    private final StateMachine machine;
    private final boolean isExpress;
    private final @Nullable String label;

    DistributedMapPlan(Basics basics, MapState state, QueryLanguage language, MachinePlan processor) {
        super(basics);
        this.fields = new MapFields(state, language);
        this.tolerance = new MapTolerance.Plan(state, language);
        this.reader = state.itemReader()
                .map(plan -> new ItemReaderPlan(plan, language))
                .orElse(null);
        this.batcher = state.itemBatcher()
                .map(plan -> new ItemBatches.Plan(plan, language))
                .orElse(null);
        this.writer = state.resultWriter()
                .map(plan -> new ResultWriterPlan(plan, language))
                .orElse(null);
        this.processor = processor;
        this.machine = state.itemProcessor().orElseThrow();
        this.isExpress = machine.processorConfig()
                .flatMap(ProcessorConfig::executionType)
                .filter("EXPRESS"::equals)
                .isPresent();
        this.label = state.label().orElse(null);
    }

    @Override
    void begin(Frame frame) {
        Execution execution = frame.execution();
        MapItems items = reader == null ? fields.manyItems(frame) : new MapItems(execution.surroundings());
        int limit = execution.surroundings().limits().distributedIterations();
        int concurrency = fields.concurrency(frame, limit);
        frame.record(HistoryEventType.MAP_STATE_STARTED, new MapDetails.Started(items.size()));
        MapTolerance tolerated = tolerance.read(frame);
        ItemReaderPlan.Request request = reader == null ? null : reader.request(frame);
        MapRun run = new MapRun(frame, this, concurrency, tolerated);
        frame.record(HistoryEventType.MAP_RUN_STARTED, new MapDetails.RunStarted(run.arn()));
        frame.await(run);
        try {
            if (request != null) {
                request.read(run.objects(), items);
            }
            run.start(batcher == null ? null : batcher.read(frame), items);
        } catch (StatesError error) {
            run.giveUp(error);
        }
    }

    @Override
    void rehearse(Frame frame, Inspection inspection) {
        JsonNode given = inspection.setting().readItems();
        MapItems items = reader == null
                ? fields.manyItems(frame)
                : new MapItems(frame.execution().surroundings());
        if (reader != null && given != null) {
            items.addAll(reader.pointed(frame, given), MapItems.STATE_DATA);
        }
        fields.seeInputs(frame, items);
        int iterations = batcher == null ? items.size() : seeBatches(frame, batcher, items);
        fields.concurrency(frame, frame.execution().surroundings().limits().distributedIterations());
        MapTolerance tolerated = tolerance.read(frame);
        tolerated.see(frame);
        inspection.requireFailures(iterations);
        int failed = inspection.setting().failedIterations();
        if (tolerated.isLimited() && tolerated.isExceeded(failed, items.size())) {
            throw MapTolerance.exceeded();
        }
        inspection.requireResults(iterations);
        end(frame, inspection.setting().mock());
    }

    /** Notes the batches, whose items the service shows as texts, and returns how many there are. */
    private int seeBatches(Frame frame, ItemBatches.Plan plan, MapItems items) {
        ArrayNode shown = JsonNodeFactory.instance.arrayNode();
        for (ObjectNode batch : plan.read(frame).of(fields.inputs(frame, items))) {
            ArrayNode texts = JsonNodeFactory.instance.arrayNode();
            batch.path("Items").forEach(item -> texts.add(item.toString()));
            batch.set("Items", texts);
            shown.add(batch);
        }
        frame.see("afterItemBatcher", shown);
        return shown.size();
    }

    MapFields fields() {
        return fields;
    }

    @Nullable
    ResultWriterPlan writer() {
        return writer;
    }

    MachinePlan processor() {
        return processor;
    }

    StateMachine machine() {
        return machine;
    }

    boolean isExpress() {
        return isExpress;
    }

    /** Returns the label of the runs' ARNs, made up where the definition has none. */
    String label(Execution execution) {
        return label == null ? Ids.uuid(execution.random()) : label;
    }

    static void recordFailure(Frame frame, StatesError error) {
        frame.record(HistoryEventType.MAP_RUN_FAILED, new FailureDetails.Failure(error.error(), error.cause()));
    }
}
