package io.crois.project;

import java.util.List;

/**
 * A change and the work that makes it.
 *
 * @param stage those of a lower stage come first; those of one stage may be made at once
 * @param work may be done twice
 */
record Step(PlannedChange change, Stage stage, Runnable work) {

    /** In which order things are made, since each needs those before it. */
    enum Stage {
        KEY,
        ROLES,
        RIGHTS,
        APPLICATIONS,
        KEY_POLICY
    }

    static List<PlannedChange> changes(List<Step> steps) {
        return steps.stream().map(Step::change).toList();
    }
}
