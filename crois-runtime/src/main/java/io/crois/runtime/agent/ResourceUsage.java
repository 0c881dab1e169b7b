package io.crois.runtime.agent;

/** Watches what a command uses. Not thread-safe. */
interface ResourceUsage {

    /** Looks again; called some twenty times a second. */
    void sample();

    /** Returns the most memory that was in use at once; 0 where it cannot be known. */
    long peakMemoryBytes();

    /** Returns the processor time used so far; 0 where it cannot be known. */
    long cpuMillis();

    /** Returns whether the kernel has killed a process since the watch began because memory ran out. */
    boolean outOfMemory();
}
