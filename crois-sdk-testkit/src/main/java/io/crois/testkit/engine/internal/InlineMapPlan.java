package io.crois.testkit.engine.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.crois.testkit.engine.internal.Frame.MapItem;
import io.crois.testkit.engine.internal.Frame.Start;
import io.crois.testkit.engine.internal.history.MapDetails;
import software.amazon.awssdk.services.sfn.model.HistoryEventType;

/** Runs a machine for each item, within the same execution. */
final class InlineMapPlan extends PlannedState {

    private final MapFields fields;
    private final MachinePlan processor;

    InlineMapPlan(Basics basics, MapFields fields, MachinePlan processor) {
        super(basics);
        this.fields = fields;
        this.processor = processor;
    }

    @Override
    void begin(Frame frame) {
        JsonNode items = fields.items(frame);
        int limit = frame.execution().surroundings().limits().inlineIterations();
        int concurrency = fields.concurrency(frame, limit);
        new Iterations(frame, items, concurrency).start();
    }

    @Override
    void rehearse(Frame frame, Inspection inspection) {
        MapItems items = new MapItems(frame.execution().surroundings());
        fields.items(frame).forEach(items::add);
        fields.seeInputs(frame, items);
        fields.concurrency(frame, frame.execution().surroundings().limits().inlineIterations());
        inspection.requireFailures(items.size());
        inspection.requireResults(items.size());
        end(frame, inspection.setting().mock());
    }

    /** The iterations of one attempt. */
    private final class Iterations extends FrameGroup {

        private final JsonNode items;

        private Iterations(Frame owner, JsonNode items, int concurrency) {
            super(owner, items.size(), concurrency);
            this.items = items;
        }

        private void start() {
            owner().record(HistoryEventType.MAP_STATE_STARTED, new MapDetails.Started(items.size()));
            owner().await(this);
            if (items.isEmpty()) {
                finished(JsonNodeFactory.instance.arrayNode(), owner().last());
            } else {
                startNext(owner().last());
            }
        }

        @Override
        Start begin(int index, int previous) {
            MapItem item = new MapItem(index, items.get(index));
            JsonNode input = fields.itemInput(owner(), item);
            int started = record(HistoryEventType.MAP_ITERATION_STARTED, index, previous);
            return new Start(processor.startAt(), input, owner().variables().inner(), item, started);
        }

        @Override
        int recordSuccess(Frame iteration) {
            return record(HistoryEventType.MAP_ITERATION_SUCCEEDED, iteration.index(), iteration.last());
        }

        @Override
        void recordFailure(Frame iteration) {
            record(HistoryEventType.MAP_ITERATION_FAILED, iteration.index(), iteration.last());
            recordTaskAborted(iteration);
        }

        @Override
        void recordAborted(Frame iteration, int failure) {
            record(HistoryEventType.MAP_ITERATION_ABORTED, iteration.index(), failure);
            super.recordAborted(iteration, failure);
        }

        private int record(HistoryEventType type, int index, int previous) {
            return owner().execution().record(type, previous, new MapDetails.Iteration(name(), index));
        }

        @Override
        void finished(ArrayNode results, int last) {
            owner().execution().record(HistoryEventType.MAP_STATE_SUCCEEDED, last, null);
            owner().follow(last);
            owner().succeed(results);
        }
    }
}
