package io.crois.testkit.engine.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.crois.testkit.engine.internal.Frame.Start;
import java.util.List;
import software.amazon.awssdk.services.sfn.model.HistoryEventType;

/** Runs branches at the same time. */
final class ParallelPlan extends PlannedState {

    private final List<MachinePlan> branches;

    ParallelPlan(Basics basics, List<MachinePlan> branches) {
        super(basics);
        this.branches = branches;
    }

    @Override
    void begin(Frame frame) {
        JsonNode input = flow().arguments(frame, frame.effectiveInput());
        new Branches(frame, input).start();
    }

    @Override
    void rehearse(Frame frame, Inspection inspection) {
        flow().arguments(frame, frame.effectiveInput());
        end(frame, inspection.setting().mock());
    }

    /** The branches of one attempt. */
    private final class Branches extends FrameGroup {

        private final JsonNode input;

        private Branches(Frame owner, JsonNode input) {
            super(owner, branches.size(), branches.size());
            this.input = input;
        }

        private void start() {
            owner().record(HistoryEventType.PARALLEL_STATE_STARTED, null);
            owner().await(this);
            startNext(owner().last());
        }

        @Override
        Start begin(int index, int previous) {
            return new Start(
                    branches.get(index).startAt(), input, owner().variables().inner(), owner().item(), previous);
        }

        @Override
        int recordSuccess(Frame branch) {
            return branch.last();
        }

        @Override
        void recordFailure(Frame branch) {
            recordTaskAborted(branch);
        }

        @Override
        void finished(ArrayNode results, int last) {
            owner().execution().record(HistoryEventType.PARALLEL_STATE_SUCCEEDED, last, null);
            owner().follow(last);
            owner().succeed(results);
        }
    }
}
