package io.crois.table;

import io.crois.contract.FeedEvent;
import io.crois.contract.ItemKey;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads what changed in a project, in proportion to the changes.
 *
 * <p>Each poll reads from a little before the previous one, since writers' clocks differ and writes can be late, and
 * leaves out events that were given before. Events of one step come in the order in which they were written. Not
 * thread-safe.
 */
public final class Feed {
    private static final Duration OVERLAP = Duration.ofSeconds(15);

    private final CroisTable table;
    private final String project;
    private final Map<String, Instant> seen = new HashMap<>();
    private Instant from;

    private Feed(CroisTable table, String project, Instant from) {
        this.table = table;
        this.project = project;
        this.from = from;
    }

    /** Returns a reader of all events of a project that are written at {@code from} or later. */
    public static Feed since(CroisTable table, String project, Instant from) {
        return new Feed(table, project, from);
    }

    /**
     * Returns the events that no earlier poll has given.
     *
     * @param now the present; the next poll begins 15 seconds before it
     */
    public List<FeedEvent> poll(Instant now) {
        List<FeedEvent> fresh = new ArrayList<>();
        for (LocalDate day = day(from); !day.isAfter(day(now)); day = day.plusDays(1)) {
            for (int shard = 0; shard < ItemKey.FEED_SHARDS; shard++) {
                table.queryFrom(ItemKey.feed(project, day, shard), ItemKey.time(from), FeedEvent.class)
                        .filter(event -> seen.putIfAbsent(event.id(), now) == null)
                        .forEach(fresh::add);
            }
        }
        moveTo(now);
        fresh.sort(Comparator.comparing(FeedEvent::time));
        return List.copyOf(fresh);
    }

    private void moveTo(Instant now) {
        Instant next = now.minus(OVERLAP);
        if (next.isAfter(from)) {
            from = next;
        }
        seen.values().removeIf(at -> at.isBefore(from.minus(OVERLAP)));
    }

    private static LocalDate day(Instant instant) {
        return LocalDate.ofInstant(instant, ZoneOffset.UTC);
    }
}
