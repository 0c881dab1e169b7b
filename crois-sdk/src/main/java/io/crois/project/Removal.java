package io.crois.project;

/**
 * Which project is removed, and what of it may be lost. Immutable: each method returns a variation.
 *
 * @param project its name
 * @param confirmation the name again, typed by whoever wants it; the removal is refused without it
 * @param deletesObjects whether objects of the project in the bucket are deleted; by default they forbid the removal
 * @param stopsExecutions whether running executions are stopped; by default they forbid the removal
 * @param deletesRecords whether what the table records of the project's executions is deleted; by default it stays
 * @param waitingDays how long the key and the secrets can still be brought back, 7 to 30 days
 */
public record Removal(
        String project,
        String confirmation,
        boolean deletesObjects,
        boolean stopsExecutions,
        boolean deletesRecords,
        int waitingDays) {
    private static final int SHORTEST = 7;
    private static final int LONGEST = 30;

    public Removal {
        if (waitingDays < SHORTEST || waitingDays > LONGEST) {
            throw new IllegalArgumentException(
                    "waitingDays must be between " + SHORTEST + " and " + LONGEST + ", but was " + waitingDays + ".");
        }
    }

    /** Returns the removal of a project that loses no data and waits 30 days; not confirmed yet. */
    public static Removal of(String project) {
        return new Removal(project, "", false, false, false, LONGEST);
    }

    /** Confirms the removal with the project's name. */
    public Removal confirmedBy(String name) {
        return new Removal(project, name, deletesObjects, stopsExecutions, deletesRecords, waitingDays);
    }

    /** Deletes the project's objects in the bucket, at once and for ever. */
    public Removal deletingObjects() {
        return new Removal(project, confirmation, true, stopsExecutions, deletesRecords, waitingDays);
    }

    /** Stops the executions that run. */
    public Removal stoppingExecutions() {
        return new Removal(project, confirmation, deletesObjects, true, deletesRecords, waitingDays);
    }

    /**
     * Deletes what the table records of the project's executions and deployments, for ever. The whole table is read for
     * it, twice.
     */
    public Removal deletingRecords() {
        return new Removal(project, confirmation, deletesObjects, stopsExecutions, true, waitingDays);
    }

    /**
     * Sets how long the key and the secrets can be brought back.
     *
     * @param days 7 to 30
     */
    public Removal waiting(int days) {
        return new Removal(project, confirmation, deletesObjects, stopsExecutions, deletesRecords, days);
    }
}
