package io.crois.asl.internal;

import io.crois.asl.Diagnostic;
import io.crois.asl.Diagnostic.Severity;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What was found so far. */
final class Findings {
    static final String SCHEMA = "SCHEMA_VALIDATION_FAILED";

    private final List<Diagnostic> found = new ArrayList<>();

    void schema(String place, String message) {
        error(SCHEMA, place, message);
    }

    void error(String code, @Nullable String place, String message) {
        found.add(new Diagnostic(code, Severity.ERROR, place, message));
    }

    void warning(String code, String place, String message) {
        found.add(new Diagnostic(code, Severity.WARNING, place, message));
    }

    int size() {
        return found.size();
    }

    List<Diagnostic> all() {
        return List.copyOf(found);
    }
}
