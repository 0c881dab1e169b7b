package io.crois.asl.internal;

import java.util.HashSet;
import java.util.Set;

/** Names of states and labels of Maps: not too long, and each only once in the whole machine. */
final class NameRules {
    private static final int LONGEST_STATE = 80;
    private static final int LONGEST_LABEL = 40;

    private final Set<String> states = new HashSet<>();
    private final Set<String> labels = new HashSet<>();
    private final Findings findings;

    NameRules(Findings findings) {
        this.findings = findings;
    }

    void checkState(String name, String place) {
        if (name.isEmpty()) {
            findings.error("INVALID_STATE_NAME", place, "Invalid State name: the name is empty");
        } else if (length(name) > LONGEST_STATE) {
            findings.error("INVALID_STATE_NAME", place, "Invalid State name: " + tooLong(name, LONGEST_STATE));
        }
        if (!states.add(name)) {
            findings.error("DUPLICATE_STATE_NAME", place, "Duplicate State name: " + name);
        }
    }

    void checkLabel(Part state) {
        if (!state.node().path("Label").isTextual()) {
            return;
        }
        String label = state.text("Label");
        String place = state.at("Label").place();
        if (length(label) > LONGEST_LABEL) {
            findings.error("INVALID_LABEL_NAME", place, "Invalid Label name: " + tooLong(label, LONGEST_LABEL));
        }
        if (!labels.add(label)) {
            findings.error("DUPLICATE_LABEL_NAME", place, "Duplicate Label name: " + label);
        }
    }

    private static int length(String name) {
        return name.codePointCount(0, name.length());
    }

    private static String tooLong(String name, int longest) {
        return name + " exceeds the " + longest + "-character limit allowed by the service";
    }
}
