package io.crois.testkit.engine.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.crois.testkit.engine.internal.Frame.Start;
import io.crois.testkit.engine.internal.expression.StatesError;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
    void recordAborted(Frame frame) {
        frame.recordAborted();
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

    private void giveUp(StatesError error) {
        List<Frame> brothers = live.list();
        cancel();
        brothers.forEach(this::recordAborted);
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
        recordFailure(frame);
        owner.follow(frame.last());
        giveUp(error);
    }

    @Override
    public final void cancel() {
        live.list().forEach(Frame::cancel);
    }

    @Override
    public final void recordAborted() {
        live.list().forEach(this::recordAborted);
    }

    private ArrayNode array() {
        ArrayNode array = JsonNodeFactory.instance.arrayNode(results.length);
        for (JsonNode result : results) {
            array.add(result);
        }
        return array;
    }
}
