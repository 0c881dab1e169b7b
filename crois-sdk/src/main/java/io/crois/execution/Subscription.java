package io.crois.execution;

import io.crois.contract.FeedEvent;
import io.crois.table.Feed;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells a listener what happens, until it is closed. Thread-safe. */
public final class Subscription implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Subscription.class);

    private final Account account;
    private final Feed feed;
    private final ExecutionListener listener;
    private Pacing.Repetition repetition = () -> {};
    private boolean closed;

    private Subscription(Account account, Instant from, ExecutionListener listener) {
        this.account = account;
        this.feed = Feed.since(account.table(), account.project().name(), from);
        this.listener = listener;
    }

    static Subscription open(Account account, Instant from, ExecutionListener listener) {
        Subscription subscription = new Subscription(account, from, listener);
        subscription.repetition = account.pacing().repeat(account.pollInterval(), subscription::poll);
        return subscription;
    }

    /** Tells what is there and has not been told; also done now and again without asking. */
    public synchronized void poll() {
        if (closed) {
            return;
        }
        try {
            feed.poll(account.clock().instant()).forEach(this::tell);
        } catch (RuntimeException e) {
            LOG.warn("Events could not be read; the next attempt follows in {}.", account.pollInterval(), e);
        }
    }

    private void tell(FeedEvent event) {
        try {
            listener.onEvent(EventReader.read(event));
        } catch (RuntimeException e) {
            LOG.warn("A listener failed on event {}.", event.id(), e);
        }
    }

    /** Tells what is there and has not been told, and ends the listening. */
    @Override
    public synchronized void close() {
        repetition.close();
        poll();
        closed = true;
    }
}
