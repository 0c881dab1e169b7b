package io.crois.testkit;

import io.crois.execution.Pacing;
import io.crois.testkit.time.EventLoop;
import io.crois.testkit.time.VirtualEventLoop;
import java.time.Duration;

/** Lets virtual time pass while the SDK waits. */
final class VirtualPacing implements Pacing {
    private final VirtualEventLoop loop;

    VirtualPacing(VirtualEventLoop loop) {
        this.loop = loop;
    }

    @Override
    public void pause(Duration duration) {
        loop.advance(duration);
    }

    @Override
    public Repetition repeat(Duration interval, Runnable work) {
        Repeated repeated = new Repeated(interval, work);
        loop.post(repeated::run);
        return repeated;
    }

    /** Used by the loop's thread and by the closer, which are the same in virtual time. */
    private final class Repeated implements Repetition {
        private final Duration interval;
        private final Runnable work;
        private boolean closed;
        private EventLoop.Timer next = () -> {};

        private Repeated(Duration interval, Runnable work) {
            this.interval = interval;
            this.work = work;
        }

        private void run() {
            if (!closed) {
                work.run();
                next = loop.after(interval, this::run);
            }
        }

        @Override
        public void close() {
            closed = true;
            next.cancel();
        }
    }
}
