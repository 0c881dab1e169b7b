package io.crois.asl;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which fields a kind of state, and a query language, has no use for. */
final class FieldSupport {
    private static final Map<String, Set<String>> ONLY_ON = Map.of(
            "TimeoutSeconds", Set.of("Task"),
            "Retry", Set.of("Task", "Parallel", "Map"),
            "Catch", Set.of("Task", "Parallel", "Map"));
    private static final Set<String> ONLY_JSONATA = Set.of("Output", "Arguments", "Items");
    private static final Set<String> ONLY_JSONPATH = Set.of(
            "InputPath",
            "OutputPath",
            "ResultPath",
            "ResultSelector",
            "Parameters",
            "ItemsPath",
            "SecondsPath",
            "TimestampPath",
            "ErrorPath",
            "CausePath",
            "TimeoutSecondsPath",
            "HeartbeatSecondsPath",
            "MaxConcurrencyPath",
            "ToleratedFailureCountPath",
            "ToleratedFailurePercentagePath");

    private FieldSupport() {}

    /** Returns the findings about the fields of {@code state}, each at the state's own place. */
    static List<Diagnostic> check(JsonNode state, String place, boolean jsonata) {
        String type = state.path("Type").asText();
        Set<String> foreign = jsonata ? ONLY_JSONPATH : ONLY_JSONATA;
        List<Diagnostic> found = new ArrayList<>();
        state.fieldNames().forEachRemaining(field -> {
            if (!ONLY_ON.getOrDefault(field, Set.of(type)).contains(type)) {
                found.add(Diagnostic.schema(place, "Field '" + field + "' is not supported"));
            }
            if (foreign.contains(field)) {
                found.add(Diagnostic.schema(place, wrongLanguage(field, jsonata)));
            }
        });
        return found;
    }

    private static String wrongLanguage(String field, boolean jsonata) {
        QueryLanguage set = jsonata ? QueryLanguage.JSONATA : QueryLanguage.JSONPATH;
        QueryLanguage needed = jsonata ? QueryLanguage.JSONPATH : QueryLanguage.JSONATA;
        return "The QueryLanguage is set to '" + set.text() + "', but field '" + field + "' is only supported for the '"
                + needed.text() + "' QueryLanguage";
    }
}
