package io.crois.project;

import io.crois.contract.Json;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What would change, or what was changed. Immutable.
 *
 * @param subject what was looked at, such as {@code project demo}
 * @param changes in the order in which they are made; nothing is a change that is already so
 */
public record Plan(String subject, List<PlannedChange> changes) {

    public Plan {
        changes = List.copyOf(changes);
    }

    /** Says whether everything is as it shall be. */
    public boolean isEmpty() {
        return changes.isEmpty();
    }

    /** Returns the plan as JSON: {@code {"subject", "changes": [{"action", "resource", "name", "detail"}]}}. */
    public String toJson() {
        return Json.write(this);
    }

    /** Returns the plan for a person, a line a change. */
    @Override
    public String toString() {
        if (changes.isEmpty()) {
            return subject + ": nothing to change.";
        }
        return subject + ": " + changes.size() + (changes.size() == 1 ? " change." : " changes.")
                + changes.stream().map(change -> "\n  " + change).collect(Collectors.joining());
    }
}
