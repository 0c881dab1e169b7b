package io.crois.project;

import io.crois.contract.Json;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What would change, or what was changed. Immutable.
 *
 * @param subject what was looked at, such as {@code project demo}
 * @param changes in the order in which they are made; nothing is a change that is already so
 * @param stays what a removal leaves on purpose, and why; a sentence each
 */
public record Plan(String subject, List<PlannedChange> changes, List<String> stays) {

    public Plan {
        changes = List.copyOf(changes);
        stays = List.copyOf(stays);
    }

    /** Makes a plan that leaves nothing. */
    public Plan(String subject, List<PlannedChange> changes) {
        this(subject, changes, List.of());
    }

    /** Says whether everything is as it shall be. */
    public boolean isEmpty() {
        return changes.isEmpty();
    }

    /**
     * Returns the plan as JSON: {@code {"subject", "changes": [{"action", "resource", "name", "detail"}], "stays":
     * [text]}}.
     */
    public String toJson() {
        return Json.write(this);
    }

    /** Returns the plan for a person, a line a change. */
    @Override
    public String toString() {
        String count = changes.isEmpty()
                ? "nothing to change."
                : changes.size() + (changes.size() == 1 ? " change." : " changes.");
        return subject + ": " + count
                + changes.stream().map(change -> "\n  " + change).collect(Collectors.joining())
                + stays.stream().map(text -> "\n  = " + text).collect(Collectors.joining());
    }
}
