package io.crois.testkit.engine.internal;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Frames in the order in which they began, chained to each other so that each comes and goes at no cost. */
final class LiveFrames {

    private @Nullable Frame first;
    private @Nullable Frame last;
    private int size;

    void add(Frame frame) {
        frame.before = last;
        frame.after = null;
        if (last == null) {
            first = frame;
        } else {
            last.after = frame;
        }
        last = frame;
        size++;
    }

    void remove(Frame frame) {
        if (frame.before == null) {
            first = frame.after;
        } else {
            frame.before.after = frame.after;
        }
        if (frame.after == null) {
            last = frame.before;
        } else {
            frame.after.before = frame.before;
        }
        frame.before = null;
        frame.after = null;
        size--;
    }

    int size() {
        return size;
    }

    /** Returns the frames as they are now. */
    List<Frame> list() {
        List<Frame> frames = new ArrayList<>(size);
        for (Frame frame = first; frame != null; frame = frame.after) {
            frames.add(frame);
        }
        return frames;
    }
}
