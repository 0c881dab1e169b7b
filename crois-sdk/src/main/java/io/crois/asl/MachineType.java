package io.crois.asl;

/** The two types of state machines; an Express machine may hold less. */
public enum MachineType {
    /** Runs up to a year and keeps a history. */
    STANDARD,
    /** Runs up to five minutes; no activities, {@code .sync} or {@code .waitForTaskToken}. */
    EXPRESS
}
