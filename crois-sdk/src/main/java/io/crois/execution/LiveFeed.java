package io.crois.execution;

import io.crois.table.Feed;
import io.crois.table.FeedEntry;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The latest events of a project, read once for all who follow them.
 *
 * <p>They are kept in the order in which they were found, and numbered from 0. Reads are no more frequent than the
 * account's poll interval, and stop for a while when most of them fail. Thread-safe.
 */
final class LiveFeed {
    private static final int MOST_KEPT = 50_000;
    private static final int FAILURES_LOOKED_AT = 10;
    private static final Duration REST = Duration.ofSeconds(15);

    private final Account account;
    private final CircuitBreaker breaker;
    private final List<FeedEntry> entries = new ArrayList<>();
    private long first;
    private @Nullable Feed feed;
    private Instant refreshed = Instant.EPOCH;

    LiveFeed(Account account) {
        this.account = account;
        this.breaker = CircuitBreaker.of(
                "crois-feed",
                CircuitBreakerConfig.custom()
                        .clock(account.clock())
                        .slidingWindowSize(FAILURES_LOOKED_AT)
                        .minimumNumberOfCalls(FAILURES_LOOKED_AT / 2)
                        .waitDurationInOpenState(REST)
                        .permittedNumberOfCallsInHalfOpenState(1)
                        .build());
    }

    /** Reads, unless too many of the latest reads have failed. */
    <T> T guarded(Supplier<T> read) {
        return breaker.executeSupplier(read);
    }

    /**
     * Reads what is new.
     *
     * @param anyway also if somebody has just done so
     */
    synchronized void refresh(Instant now, boolean anyway) {
        if (!anyway && now.isBefore(refreshed.plus(account.pollInterval().dividedBy(2)))) {
            return;
        }
        if (feed == null || refreshed.plus(Feed.LATEST).isBefore(now)) {
            feed = Feed.since(account.table(), account.project().name(), now.minus(Feed.LATEST));
            first += entries.size() + 1L; // there may be a gap: whoever was at the end is behind now
            entries.clear();
        }
        Feed reader = feed;
        entries.addAll(guarded(() -> reader.poll(now, Integer.MAX_VALUE)));
        refreshed = now;
        int tooMany = entries.size() - MOST_KEPT;
        if (tooMany > 0) {
            entries.subList(0, tooMany).clear();
            first += tooMany;
        }
    }

    /** Returns a time before which nothing new will be found, by the latest read that went well. */
    synchronized Instant settled() {
        return refreshed.minus(Feed.LATEST);
    }

    /** Returns the number of the first event that is kept. */
    synchronized long first() {
        return first;
    }

    /** Returns the events from a number on; {@code null} when some of them are not kept any more. */
    synchronized @Nullable List<FeedEntry> from(long number) {
        return number < first ? null : List.copyOf(entries.subList((int) (number - first), entries.size()));
    }
}
