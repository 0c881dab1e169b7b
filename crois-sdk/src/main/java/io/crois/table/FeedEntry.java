package io.crois.table;

import io.crois.contract.FeedEvent;
import java.time.Instant;

/**
 * An event as it stands in the feed.
 *
 * @param writtenAt the time under which it stands, by the clock of its writer; that of the same step's next event is
 *     later
 */
public record FeedEntry(Instant writtenAt, FeedEvent event) {}
