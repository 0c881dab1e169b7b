package io.crois.testkit.engine.internal.expression;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/**
 * The time that one expression may take: a second of its thread's own time, so that a busy machine fails nothing. Used
 * by one thread.
 */
final class Allowance {

    private static final long NANOSECONDS = 1_000_000_000;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    /** How often it is asked for between two looks at the clock; looking costs as much as some hundred steps. */
    private static final int PACE = 0x3FF;

    private long begin;
    private int asked;

    /** Returns whether the time is used up, as of one of the last times that this was asked; it begins at the first. */
    boolean isUsedUp() {
        if (asked++ == 0) {
            begin = now();
        }
        return (asked & PACE) == 0 && now() - begin > NANOSECONDS;
    }

    private static long now() {
        return THREADS.isCurrentThreadCpuTimeSupported() ? THREADS.getCurrentThreadCpuTime() : System.nanoTime();
    }
}
