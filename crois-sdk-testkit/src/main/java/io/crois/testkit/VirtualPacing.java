package io.crois.testkit;

import io.crois.execution.Pacing;
import io.crois.testkit.time.EventLoop;
import io.crois.testkit.time.VirtualEventLoop;
import java.time.Duration;
import java.util.function.Supplier;

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
        return repeat(() -> interval, work);
    }

    @Override
    public Repetition repeat(Supplier<Duration> pause, Runnable work) {
        Repeated repeated = new Repeated(pause, work);
        loop.post(repeated::run);
        return repeated;
    }

    /** Used by the loop's thread and by the closer, which are the same in virtual time. */
    private final class Repeated implements Repetition {
        private final Supplier<Duration> pause;
        private final Runnable work;
        private boolean closed;
        private EventLoop.Timer next = () -> {};

        private Repeated(Supplier<Duration> pause, Runnable work) {
            this.pause = pause;
            this.work = work;
        }

        private void run() {
            if (!closed) {
                work.run();
                next = loop.after(pause.get(), this::run);
            }
        }

        @Override
        public void close() {
            closed = true;
            next.cancel();
        }
    }
}
