package io.crois.asl.internal;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;

/**
 * Warns of variables that a state's expressions read, and that have a value on no way there; what is wrong anyhow is
 * passed over.
 */
final class UndefinedVariables {
    private final Set<String> known;
    private final Findings findings;

    UndefinedVariables(Set<String> known, Findings findings) {
        this.known = known;
        this.findings = findings;
    }

    /** Checks a state, without the machines inside it. */
    void check(JsonNode state, String place) {
        for (var field : state.properties()) {
            if (!ReadVariables.UNREAD.contains(field.getKey())) {
                checkValue(field.getValue(), place + "/" + field.getKey());
            }
        }
    }

    private void checkValue(JsonNode value, String place) {
        if (value.isTextual() && Part.isDelimited(value.textValue()) && !findings.isFaulty(place)) {
            checkExpression(value.textValue(), place);
        }
        for (int i = 0; value.isArray() && i < value.size(); i++) {
            checkValue(value.get(i), place + "[" + i + "]");
        }
        value.properties().forEach(field -> checkValue(field.getValue(), place + "/" + field.getKey()));
    }

    private void checkExpression(String text, String place) {
        for (String name : ReadVariables.in(text)) {
            if (!known.contains(name)) {
                findings.warning(
                        "POSSIBLY_UNDEFINED_VARIABLE", place, "Variable '" + name + "' is possibly not defined.");
            }
        }
    }
}
