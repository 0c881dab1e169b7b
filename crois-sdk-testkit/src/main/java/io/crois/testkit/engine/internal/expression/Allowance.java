package io.crois.testkit.engine.internal.expression;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/**
 * The time that one expression may take: a second of its thread's own time, so that a busy machine fails nothing. Used
 * by one thread.
 *
 * <p>The own time is a call of the operating system that takes longer than most expressions. It is asked for only after
 * some milliseconds of the wall clock, and from then on; what passed before is not counted.
 */
final class Allowance {

    private static final long NANOSECONDS = 1_000_000_000;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    /** How many nanoseconds of the wall clock pass between two looks at the own time. */
    private static final long BETWEEN_LOOKS = 10_000_000;

    /** How often it is asked for between two looks at the wall clock. */
    private static final int PACE = 0x3F;

    private int asked;
    private long looked;
    private boolean isCounting;
    private long begin;

    /** Returns whether the time is used up, as of one of the last times that this was asked; it begins at the first. */
    boolean isUsedUp() {
        if (asked++ == 0) {
            looked = System.nanoTime();
        }
        return (asked & PACE) == 0 && look();
    }

    private boolean look() {
        long now = System.nanoTime();
        if (now - looked < BETWEEN_LOOKS) {
            return false;
        }
        looked = now;
        long own = THREADS.isCurrentThreadCpuTimeSupported() ? THREADS.getCurrentThreadCpuTime() : now;
        if (!isCounting) {
            isCounting = true;
            begin = own;
        }
        return own - begin > NANOSECONDS;
    }
}
