package io.crois.execution;

import io.crois.table.Bookmark;
import io.crois.table.Feed;
import io.crois.table.FeedEntry;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes one listener through a project's feed: from its bookmark to the present on its own, then with all others by the
 * events that are read for all. Gives no more events than are asked for, and reads no more while many wait.
 * Thread-safe.
 */
final class Follower {
    private static final Logger LOG = LoggerFactory.getLogger(Follower.class);
    private static final int READ_AT_ONCE = 1_000;
    private static final int MOST_WAITING = 5_000;
    private static final int SLOWEST = 3;
    private static final long CATCHING_UP = -1;

    private final Account account;
    private final LiveFeed live;
    private final Predicate<FeedEntry> wanted;
    private final Sink sink;
    private final Bookmark bookmark;
    private final Deque<FeedEntry> waiting = new ArrayDeque<>();
    private final Set<String> waitingIds = new HashSet<>();
    private Feed own;
    private long next = CATCHING_UP;
    private long demand;
    private boolean telling;
    private boolean closed;
    private boolean idle;
    private Duration pause;
    private Pacing.Repetition repetition = () -> {};

    /** What is done with an event. */
    interface Sink {
        /** Takes an event; an exception is logged, and the event counts as told. */
        void accept(ExecutionEvent event);

        /** Is called after an event was told; the token goes on behind it. */
        default void told(String token) {}

        /** Returns whether {@link #told} wants tokens, which cost something to make. */
        default boolean wantsTokens() {
            return false;
        }
    }

    Follower(Account account, LiveFeed live, Bookmark bookmark, Predicate<FeedEntry> wanted, Sink sink) {
        this.account = account;
        this.live = live;
        this.bookmark = bookmark;
        this.wanted = wanted;
        this.sink = sink;
        this.own = Feed.since(account.table(), account.project().name(), bookmark.from());
        this.pause = account.pollInterval();
    }

    /** Begins to follow; {@link #request} says how many events are wanted. */
    Follower start() {
        Pacing.Repetition repeated = account.pacing().repeat(this::pause, this::poll);
        synchronized (this) {
            repetition = repeated;
            if (closed) {
                repeated.close();
            }
        }
        return this;
    }

    /** Asks for more events. */
    synchronized void request(long more) {
        demand = demand + more < 0 ? Long.MAX_VALUE : demand + more;
        tell();
    }

    /** Returns a token of all that has been told. */
    synchronized String token() {
        return bookmark.text();
    }

    /** Reads what is there and tells as much of it as is asked for. */
    void poll() {
        poll(false);
    }

    /** Does the same, also if the feed has just been read for others. */
    void pollNow() {
        poll(true);
    }

    private synchronized void poll(boolean anyway) {
        if (closed) {
            return;
        }
        try {
            int before = waiting.size();
            if (before < MOST_WAITING) {
                read(account.clock().instant(), anyway);
            }
            idle = waiting.size() == before && !own.behind();
        } catch (CallNotPermittedException resting) {
            idle = true;
        } catch (RuntimeException e) {
            idle = true;
            LOG.warn(
                    "Events of project {} could not be read; the next attempt follows.",
                    account.project().name(),
                    e);
        }
        tell();
    }

    /** Ends the following. */
    synchronized void close() {
        closed = true;
        repetition.close();
    }

    private synchronized Duration pause() {
        Duration fastest = account.pollInterval();
        Duration slowest = fastest.multipliedBy(SLOWEST);
        Duration longer = pause.multipliedBy(3).dividedBy(2);
        pause = !idle ? fastest : longer.compareTo(slowest) > 0 ? slowest : longer;
        return pause;
    }

    private void read(Instant now, boolean anyway) {
        if (next == CATCHING_UP) {
            catchUp(now, anyway);
        } else {
            follow(now, anyway);
        }
    }

    private void catchUp(Instant now, boolean anyway) {
        live.refresh(now, anyway);
        long begin = live.first();
        live.guarded(() -> own.poll(now, READ_AT_ONCE)).forEach(this::queue);
        if (!own.behind()) {
            next = begin;
        }
    }

    private void follow(Instant now, boolean anyway) {
        live.refresh(now, anyway);
        List<FeedEntry> found = live.from(next);
        if (found == null) {
            next = CATCHING_UP;
            own = Feed.since(account.table(), account.project().name(), bookmark.from());
            return;
        }
        found.forEach(this::queue);
        next += found.size();
    }

    /** What stands before the bookmark has been told, or was not wanted. */
    private void queue(FeedEntry entry) {
        boolean known = entry.writtenAt().isBefore(bookmark.from()) || bookmark.isTold(entry);
        if (!known && wanted.test(entry) && waitingIds.add(entry.event().id())) {
            waiting.add(entry);
        }
    }

    /** A listener may ask for more while it is told something; that is done by the call that tells. */
    private void tell() {
        if (telling) {
            return;
        }
        telling = true;
        try {
            while (!closed && demand > 0 && !waiting.isEmpty()) {
                demand -= demand == Long.MAX_VALUE ? 0 : 1;
                tell(waiting.element());
            }
        } finally {
            telling = false;
        }
        if (waiting.isEmpty()) {
            settle(account.clock().instant());
        }
    }

    private void tell(FeedEntry entry) {
        @Nullable ExecutionEvent event = read(entry);
        if (event != null) {
            try {
                sink.accept(event);
            } catch (RuntimeException e) {
                LOG.warn("A listener failed on event {}.", entry.event().id(), e);
            }
        }
        waiting.remove();
        waitingIds.remove(entry.event().id());
        bookmark.tell(entry);
        if (sink.wantsTokens()) {
            sink.told(bookmark.text());
        }
    }

    private static @Nullable ExecutionEvent read(FeedEntry entry) {
        try {
            return EventReader.read(entry.event());
        } catch (RuntimeException e) {
            LOG.warn(
                    "Event {} cannot be read and is passed over.", entry.event().id(), e);
            return null;
        }
    }

    private void settle(Instant now) {
        if (next == CATCHING_UP) {
            bookmark.settle(own.settled(now));
        } else {
            bookmark.settle(live.settled());
        }
    }
}
