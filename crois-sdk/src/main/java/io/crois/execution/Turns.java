package io.crois.execution;

import io.crois.contract.ItemKey;
import io.crois.table.CroisTable;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Lets one at a time do a piece of work that all others then find done: threads of this process by a lock, other
 * processes by a lease in the table. A process that is killed keeps its lease for two minutes at most; two holders at
 * the same time do no harm but the same work twice. Thread-safe.
 */
final class Turns {
    private static final Duration LEASE = Duration.ofMinutes(2);
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);
    private static final int STRIPES = 64;

    private final CroisTable table;
    private final AwsCalls calls;
    private final Clock clock;
    private final ReentrantLock[] locks;

    /** Creates turns; those of nested work must be others. */
    Turns(CroisTable table, AwsCalls calls, Clock clock, ReentrantLock[] locks) {
        this.table = table;
        this.calls = calls;
        this.clock = clock;
        this.locks = locks;
    }

    /** Returns locks for one kind of work, shared by all doors of this process. */
    static ReentrantLock[] locks() {
        return Stream.generate(ReentrantLock::new).limit(STRIPES).toArray(ReentrantLock[]::new);
    }

    /**
     * Returns what is done, or does it.
     *
     * @param lease the key of the lease
     * @param done what somebody has done already
     */
    <T> T once(ItemKey lease, Supplier<Optional<T>> done, Supplier<T> work) {
        ReentrantLock lock = locks[Math.floorMod(lease.hashCode(), STRIPES)];
        lock.lock();
        try {
            String owner = UUID.randomUUID().toString();
            for (; ; ) {
                Optional<T> found = done.get();
                if (found.isPresent()) {
                    return found.get();
                }
                if (calls.again(() -> table.claim(lease, owner, clock.instant().plus(LEASE)))) {
                    return leased(lease, owner, done, work);
                }
                calls.pause(LOOK_AGAIN);
            }
        } finally {
            lock.unlock();
        }
    }

    private <T> T leased(ItemKey lease, String owner, Supplier<Optional<T>> done, Supplier<T> work) {
        try {
            return done.get().orElseGet(work);
        } finally {
            calls.again(() -> table.release(lease, owner));
        }
    }
}
