package io.crois.asl.internal;

import io.crois.asl.Diagnostic;
import io.crois.asl.Diagnostic.Severity;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What was found so far. */
final class Findings {
    static final String SCHEMA = "SCHEMA_VALIDATION_FAILED";

    private final List<Diagnostic> found = new ArrayList<>();
    private final Set<String> faulty = new HashSet<>();

    void schema(String place, String message) {
        error(SCHEMA, place, message);
    }

    void error(String code, @Nullable String place, String message) {
        found.add(new Diagnostic(code, Severity.ERROR, place, message));
        if (place != null) {
            faulty.add(place);
        }
    }

    void warning(String code, String place, String message) {
        found.add(new Diagnostic(code, Severity.WARNING, place, message));
    }

    /** Returns whether there is an error at this very place. */
    boolean isFaulty(String place) {
        return faulty.contains(place);
    }

    int size() {
        return found.size();
    }

    List<Diagnostic> all() {
        return List.copyOf(found);
    }
}
