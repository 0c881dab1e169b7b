package io.crois.execution;

/** Tells a listener what happens, until it is closed. Thread-safe. */
public final class Subscription implements AutoCloseable {
    private final Follower follower;

    Subscription(Follower follower) {
        this.follower = follower;
    }

    /** Tells what is there and has not been told; also done now and again without asking. */
    public void poll() {
        follower.pollNow();
    }

    /**
     * Returns a token with which {@link Events#after} goes on where this subscription is now, also in another process
     * and after this one was killed. While the listener is being told an event, that event is not yet behind the token;
     * no event is ever lost, and some of the latest minute may be told again.
     *
     * @return printable text of at most 12 KiB
     */
    public String token() {
        return follower.token();
    }

    /** Tells what is there and has not been told, and ends the listening. */
    @Override
    public void close() {
        follower.pollNow();
        follower.close();
    }
}
