package io.crois.testkit.engine.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.crois.testkit.engine.internal.Frame.Start;
import io.crois.testkit.engine.internal.expression.StatesError;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sfn.model.HistoryEventType;

/** Frames that one state waits for: branches or iterations, a number of them at the same time. */
abstract class FrameGroup implements Redrivable, Ending {

    private final Frame owner;
    private final JsonNode[] results;
    private final LiveFrames live = new LiveFrames();
    private final int concurrency;
    private @Nullable Frame failed;
    private int begun;
    private int done;

    FrameGroup(Frame owner, int count, int concurrency) {
        this.owner = owner;
        this.results = new JsonNode[count];
        this.concurrency = concurrency;
    }

    final Frame owner() {
        return owner;
    }

    /** Records the beginning of a frame, if its kind has an event for it, and returns where it begins. */
    abstract Start begin(int index, int previous);

    /** Records that a frame ended well and returns the event after which the owner goes on. */
    abstract int recordSuccess(Frame frame);

    /** Records that a frame failed. */
    abstract void recordFailure(Frame frame);

    /** Records that a frame is aborted because a brother failed. */
    void recordAborted(Frame frame, int failure) {
        frame.recordAborted(failure);
    }

    /** Records that the state in which a frame failed is aborted, which is told of Task states only. */
    final void recordTaskAborted(Frame frame) {
        if (frame.state().kind() == StateKind.TASK) {
            owner.execution().record(HistoryEventType.TASK_STATE_ABORTED, frame.last(), null);
        }
    }

    /** All frames ended well; {@code last} is what {@link #recordSuccess} returned last. */
    abstract void finished(ArrayNode results, int last);

    /** Begins as many frames as may run; {@code previous} is the event before each of them. */
    final void startNext(int previous) {
        while (begun < results.length && live.size() < concurrency) {
            int index = begun++;
            try {
                Frame frame = new Frame(owner.execution(), this, index, begin(index, previous));
                live.add(frame);
                owner.execution().ready(frame);
            } catch (StatesError error) {
                begun = index;
                giveUp(error);
                return;
            }
        }
    }

    @Override
    public final boolean redrive(int previous) {
        if (failed != null) {
            live.add(failed);
            failed = null;
        }
        live.list().stream().sorted(Comparator.comparingInt(Frame::index)).forEach(frame -> frame.redrive(previous));
        if (done == results.length) {
            finished(array(), previous);
        } else {
            startNext(previous);
        }
        return true;
    }

    /** Of all frames that end so it is told in their order, and after the same event. */
    private void giveUp(StatesError error) {
        List<Frame> ended = new ArrayList<>(live.list());
        cancel();
        if (failed != null) {
            ended.add(failed);
        }
        ended.sort(Comparator.comparingInt(Frame::index));
        for (Frame frame : ended) {
            if (frame == failed) {
                recordFailure(frame);
            } else {
                recordAborted(frame, owner.last());
            }
        }
        owner.fail(error);
    }

    @Override
    public final void succeeded(Frame frame, JsonNode output) {
        live.remove(frame);
        results[frame.index()] = output;
        int last = recordSuccess(frame);
        if (++done == results.length) {
            finished(array(), last);
        } else {
            startNext(frame.last());
        }
    }

    @Override
    public final void failed(Frame frame, StatesError error) {
        live.remove(frame);
        failed = frame;
        owner.follow(frame.last());
        giveUp(error);
    }

    @Override
    public final void cancel() {
        live.list().forEach(Frame::cancel);
    }

    @Override
    public final void recordAborted(int failure) {
        live.list().forEach(frame -> recordAborted(frame, failure));
    }

    private ArrayNode array() {
        ArrayNode array = JsonNodeFactory.instance.arrayNode(results.length);
        for (JsonNode result : results) {
            array.add(result);
        }
        return array;
    }
}
