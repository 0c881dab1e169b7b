package io.crois.project;

import java.util.List;

/**
 * What {@link Provisioner#verify} found. Immutable.
 *
 * @param drift what is not as it shall be, and {@link Provisioner#apply} would change
 * @param findings what applying does not mend: rights that are missing for another reason, grants of the key, keys that
 *     nobody uses; a sentence each
 */
public record Verification(Plan drift, List<String> findings) {

    public Verification {
        findings = List.copyOf(findings);
    }

    /** Says whether the project is as it shall be and can run. */
    public boolean isSound() {
        return drift.isEmpty() && findings.isEmpty();
    }

    /** Returns everything for a person. */
    @Override
    public String toString() {
        String text = drift.toString();
        return findings.isEmpty() ? text : text + "\n  ! " + String.join("\n  ! ", findings);
    }
}
