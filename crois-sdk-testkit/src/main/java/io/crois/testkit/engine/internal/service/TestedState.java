package io.crois.testkit.engine.internal.service;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crois.testkit.engine.internal.Inspection;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The state of a TestState request: the definition itself, or one found by its name in a whole machine.
 *
 * @param json the state
 * @param isJsonata whether its query language is JSONata
 */
record TestedState(ObjectNode json, boolean isJsonata) {

    /** Returns the state that the request means, {@code null} when the machine has none of that name. */
    static @Nullable TestedState find(ObjectNode definition, @Nullable String name) {
        return name == null
                ? new TestedState(definition, isJsonata(definition, false))
                : find(definition, name, isJsonata(definition, false));
    }

    private static @Nullable TestedState find(JsonNode machine, String name, boolean isOuterJsonata) {
        boolean isJsonata = isJsonata(machine, isOuterJsonata);
        if (machine.path("States").get(name) instanceof ObjectNode state) {
            return new TestedState(state, isJsonata(state, isJsonata));
        }
        for (JsonNode state : machine.path("States")) {
            for (JsonNode inner : inner(state)) {
                TestedState found = find(inner, name, isJsonata);
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }

    private static List<JsonNode> inner(JsonNode state) {
        List<JsonNode> machines = new ArrayList<>();
        state.path("Branches").forEach(machines::add);
        machines.add(state.path("ItemProcessor"));
        machines.add(state.path("Iterator"));
        return machines;
    }

    private static boolean isJsonata(JsonNode owner, boolean otherwise) {
        JsonNode language = owner.path("QueryLanguage");
        return language.isTextual() ? language.textValue().equals("JSONata") : otherwise;
    }

    String type() {
        return json.path("Type").asText();
    }

    /** Returns a machine of this state alone; those that it names as next merely succeed. */
    ObjectNode machine() {
        ObjectNode machine = JsonNodeFactory.instance.objectNode();
        machine.put("StartAt", Inspection.STATE);
        machine.put("QueryLanguage", isJsonata ? "JSONata" : "JSONPath");
        ObjectNode states = machine.putObject("States");
        addTargets(json, states);
        states.set(Inspection.STATE, json);
        return machine;
    }

    private static void addTargets(JsonNode owner, ObjectNode states) {
        addTarget(owner.path("Next"), states);
        addTarget(owner.path("Default"), states);
        owner.path("Choices").forEach(rule -> addTarget(rule.path("Next"), states));
        owner.path("Catch").forEach(catcher -> addTarget(catcher.path("Next"), states));
    }

    private static void addTarget(JsonNode name, ObjectNode states) {
        if (name.isTextual()) {
            states.putObject(name.textValue()).put("Type", "Succeed");
        }
    }
}
