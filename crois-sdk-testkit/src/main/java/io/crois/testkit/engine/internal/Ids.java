package io.crois.testkit.engine.internal;

import java.util.UUID;
import java.util.random.RandomGenerator;

/** Makes names out of seeded random numbers, so that a run can be repeated. */
public final class Ids {

    private Ids() {}

    /** Returns a UUID of version 4. */
    public static String uuid(RandomGenerator random) {
        long high = (random.nextLong() & ~0xF000L) | 0x4000L;
        long low = (random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low).toString();
    }
}
