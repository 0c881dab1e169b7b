package io.crois.runtime.agent.http;

/** Until when a connection must move its next byte, and end its exchange. Thread-safe. */
final class Deadline {
    private final HttpLimits limits;
    private volatile long stall;
    private volatile long end;
    private volatile boolean set;

    Deadline(HttpLimits limits) {
        this.limits = limits;
    }

    /** An exchange begins that moves this many bytes, as far as is known. */
    void begin(long bytes) {
        end = System.nanoTime() + limits.whole(bytes).toNanos();
        progress();
        set = true;
    }

    /** More bytes than those are to come. */
    void extend(long bytes) {
        end += limits.whole(bytes).toNanos();
    }

    void progress() {
        stall = System.nanoTime() + limits.stall().toNanos();
    }

    void end() {
        set = false;
    }

    boolean passed(long now) {
        return set && (now - stall > 0 || now - end > 0);
    }
}
