package io.crois.workflow;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;

/** Collects problems, so that the author sees all of them at once. */
final class Problems {
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,63}");
    private static final Pattern ARTIFACT = Pattern.compile("[A-Za-z][A-Za-z0-9._-]{0,63}");

    private final List<String> lines = new ArrayList<>();

    void add(String place, String message) {
        lines.add(place + ": " + message);
    }

    void addUnless(boolean holds, String place, String message) {
        if (!holds) {
            add(place, message);
        }
    }

    void checkName(String place, String name) {
        addUnless(
                NAME.matcher(name).matches(),
                place,
                "the name must be a letter followed by at most 63 letters, digits, `_` or `-`, but was `" + name
                        + "`.");
    }

    void checkArtifactName(String place, String name) {
        addUnless(
                ARTIFACT.matcher(name).matches(),
                place,
                "the name of an artifact must be a letter followed by at most 63 letters, digits, `.`, `_` or `-`, "
                        + "but was `" + name + "`.");
    }

    void throwIfAny(String subject) {
        if (!lines.isEmpty()) {
            throw new WorkflowValidationException(subject, lines);
        }
    }

    /** Returns the candidate nearest to a misspelt name, or the empty text when none is near. */
    static String nearest(String name, Collection<String> candidates) {
        String best = "";
        int limit = Math.max(1, name.length() / 3) + 1;
        for (String candidate : candidates) {
            int distance = Math.abs(name.length() - candidate.length()) < limit ? distance(name, candidate) : limit;
            if (distance < limit) {
                limit = distance;
                best = candidate;
            }
        }
        return best;
    }

    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substituted, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
