package io.crois.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crois.asl.AslFormatException;
import io.crois.asl.Diagnostic;
import io.crois.asl.StateMachine;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Checks a state that its author wrote in the Amazon States Language. */
final class RawStateCheck {
    private static final Set<String> TYPES = Set.of("Task", "Pass", "Wait", "Parallel", "Map");
    private static final Pattern ALIAS = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,63}");
    private static final Map<String, String> OURS = ours();

    private RawStateCheck() {}

    private static Map<String, String> ours() {
        Map<String, String> repairs = new LinkedHashMap<>();
        repairs.put("Next", "The workflow says what follows. Leave it away.");
        repairs.put("End", "The workflow says what follows. Leave it away.");
        repairs.put(
                "Output", "What follows needs the output to be the run. Keep a value for later states with `Assign`.");
        repairs.put("Catch", "Its targets would be outside of the workflow. Use `onFailure`.");
        return repairs;
    }

    static void check(RawState raw, String place, Problems problems) {
        raw.values()
                .keySet()
                .forEach(alias -> problems.addUnless(
                        ALIAS.matcher(alias).matches(),
                        place,
                        "the name of a value must be a letter followed by at most 63 letters, digits or `_`, but was `"
                                + alias + "`."));
        JsonNode state = raw.state();
        if (!state.isObject()) {
            problems.add(place, "has no state. Set one with `state(json)`, a JSON object with a `Type`.");
            return;
        }
        String type = state.path("Type").asText();
        if (!TYPES.contains(type)) {
            problems.add(
                    place,
                    "its `Type` must be one of Task, Pass, Wait, Parallel and Map, but was `" + type
                            + "`. Use `choose` and `fail` for the rest.");
            return;
        }
        OURS.forEach((field, repair) -> problems.addUnless(!state.has(field), place, "has `" + field + "`. " + repair));
        problems.addUnless(
                !type.equals("Task") || state.has("TimeoutSeconds"),
                place,
                "is a Task without `TimeoutSeconds`, which could hang for ever. Set it to whole seconds.");
        if (state.path("QueryLanguage").asText("JSONata").equals("JSONata")) {
            validate(raw.name(), state, place, problems);
        } else {
            problems.add(place, "is not written in JSONata, as the machine round it is. Rewrite it in JSONata.");
        }
    }

    private static void validate(String name, JsonNode state, String place, Problems problems) {
        ObjectNode alone = JsonNodeFactory.instance.objectNode();
        alone.setAll((ObjectNode) state);
        OURS.keySet().forEach(alone::remove);
        ObjectNode machine = JsonNodeFactory.instance.objectNode();
        machine.put("QueryLanguage", "JSONata").put("StartAt", name);
        machine.putObject("States").set(name, alone.put("End", true));
        try {
            StateMachine.parse(machine).validate().stream()
                    .filter(found -> found.severity() == Diagnostic.Severity.ERROR)
                    .forEach(found -> problems.add(
                            place,
                            found.message()
                                    + found.location()
                                            .map(where -> " At " + where + ".")
                                            .orElse("")));
        } catch (AslFormatException e) {
            problems.add(place, String.valueOf(e.getMessage()));
        }
    }

    /** Returns the names of the states inside a state; they share one space of names with all others. */
    static List<String> nestedNames(JsonNode state) {
        List<String> names = new ArrayList<>();
        state.path("Branches").forEach(machine -> addStates(machine, names));
        addStates(state.path("ItemProcessor"), names);
        addStates(state.path("Iterator"), names);
        return names;
    }

    private static void addStates(JsonNode machine, List<String> names) {
        machine.path("States").properties().forEach(entry -> {
            names.add(entry.getKey());
            names.addAll(nestedNames(entry.getValue()));
        });
    }
}
