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
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Reads what changed in a project, in proportion to the changes.
 *
 * <p>A poll reads from a little before the latest event that is known, since writers overtake each other; each 30
 * seconds one reads the last minute again, since a write may take a while and clocks differ. Events that an earlier
 * poll has given are left out. Those of one step come in the order in which they were written. Not thread-safe.
 */
public final class Feed {
    /** How late an event may become readable, by the time it stands under; later ones are lost to readers. */
    public static final Duration LATEST = Duration.ofSeconds(60);

    private static final Duration NEAR = Duration.ofSeconds(2);
    private static final Duration CLOCKS_DIFFER = Duration.ofSeconds(10);
    private static final Duration SWEEP_INTERVAL = Duration.ofSeconds(30);

    private final CroisTable table;
    private final String project;
    private final Instant begin;
    private final Map<String, Instant> seen = new HashMap<>();
    /** What was read and is not given yet; more than nothing after a poll that failed. */
    private final List<FeedEntry> fresh = new ArrayList<>();

    private final List<Shard> shards = new ArrayList<>();
    private Instant swept;
    private boolean behind;

    private Feed(CroisTable table, String project, Instant begin) {
        this.table = table;
        this.project = project;
        this.begin = begin;
        this.swept = begin;
        for (int number = 0; number < ItemKey.FEED_SHARDS; number++) {
            shards.add(new Shard(number, begin));
        }
    }

    /** Returns a reader of all events of a project that are written at {@code from} or later. */
    public static Feed since(CroisTable table, String project, Instant from) {
        return new Feed(table, project, from);
    }

    /**
     * Returns the events that no earlier poll has given.
     *
     * @param now the present
     */
    public List<FeedEvent> poll(Instant now) {
        return poll(now, Integer.MAX_VALUE).stream().map(FeedEntry::event).toList();
    }

    /**
     * Returns events that no earlier poll has given, with the time under which they stand.
     *
     * @param now the present
     * @param atMost how many to read of each of the feed's shards; {@link #behind} tells whether there are more
     */
    public List<FeedEntry> poll(Instant now, int atMost) {
        boolean sweep = !swept.plus(SWEEP_INTERVAL).isAfter(now);
        behind = false;
        for (Shard shard : shards) {
            read(shard, now, sweep, atMost);
        }
        if (sweep && !behind) {
            swept = now;
        }
        Instant forgotten = settled(now).minus(LATEST);
        seen.values().removeIf(at -> at.isBefore(forgotten));
        fresh.sort(Comparator.comparing(FeedEntry::writtenAt));
        List<FeedEntry> given = List.copyOf(fresh);
        fresh.clear();
        return given;
    }

    /** Returns whether the latest poll has left events that can be read at once. */
    public boolean behind() {
        return behind;
    }

    /** Returns a time before which no poll will find anything new. */
    public Instant settled(Instant now) {
        Instant earliest = shards.stream()
                .map(shard -> shard.position)
                .min(Comparator.naturalOrder())
                .orElse(begin);
        Instant latest = now.minus(LATEST);
        Instant settled = earliest.isBefore(latest) ? earliest : latest;
        return settled.isBefore(begin) ? begin : settled;
    }

    private void read(Shard shard, Instant now, boolean sweep, int atMost) {
        int before = fresh.size();
        Instant low = shard.low(now, sweep);
        Iterator<FeedEntry> entries = entries(shard.number, low, now).iterator();
        while (entries.hasNext()) {
            FeedEntry entry = entries.next();
            if (seen.putIfAbsent(entry.event().id(), entry.writtenAt()) == null) {
                fresh.add(entry);
                shard.moveTo(entry.writtenAt());
                if (fresh.size() - before >= atMost) {
                    behind = true;
                    return;
                }
            }
        }
        shard.moveTo(now.minus(CLOCKS_DIFFER));
    }

    private Stream<FeedEntry> entries(int shard, Instant from, Instant now) {
        LocalDate last = day(now.plus(CLOCKS_DIFFER));
        return day(from)
                .datesUntil(last.plusDays(1))
                .flatMap(day -> table.feed(ItemKey.feed(project, day, shard), ItemKey.time(from)));
    }

    private static LocalDate day(Instant instant) {
        return LocalDate.ofInstant(instant, ZoneOffset.UTC);
    }

    /** How far one partition of each day is read. */
    private final class Shard {
        private final int number;
        private Instant position;
        private boolean started;

        private Shard(int number, Instant position) {
            this.number = number;
            this.position = position;
        }

        /** Nothing is read again of what is so old that it is settled. */
        private Instant low(Instant now, boolean sweep) {
            Instant swept = now.minus(LATEST);
            Instant near = started ? position.minus(NEAR) : position;
            Instant low = sweep && swept.isBefore(near) ? swept : near;
            return low.isBefore(begin) ? begin : low;
        }

        private void moveTo(Instant time) {
            started = true;
            if (time.isAfter(position)) {
                position = time;
            }
        }
    }
}
