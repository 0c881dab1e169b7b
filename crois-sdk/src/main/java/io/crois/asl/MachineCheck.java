package io.crois.asl;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Checks a machine and the machines inside its states. */
final class MachineCheck {
    private final MachineType type;
    private final JsonNode root;
    private final List<Diagnostic> found;

    MachineCheck(MachineType type, JsonNode root, List<Diagnostic> found) {
        this.type = type;
        this.root = root;
        this.found = found;
    }

    void run() {
        check(root, "");
    }

    private void check(JsonNode machine, String place) {
        List<String> missing = Stream.of("States", "StartAt")
                .filter(name -> !machine.has(name))
                .toList();
        if (!missing.isEmpty()) {
            found.add(Diagnostic.schema(place.isEmpty() ? "/" : place, "These fields are required: " + missing));
            return;
        }
        int before = found.size();
        for (Map.Entry<String, JsonNode> state : machine.get("States").properties()) {
            checkState(state.getValue(), place + "/States/" + state.getKey());
        }
        if (found.size() == before) {
            new TransitionCheck(machine, place, found).run();
        }
    }

    private void checkState(JsonNode state, String place) {
        boolean jsonata = jsonata(state);
        if (jsonata(root) && state.path("QueryLanguage").asText().equals("JSONPath")) {
            found.add(Diagnostic.schema(
                    place, "'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state machine"));
        }
        new StateCheck(type, state, place, jsonata, found).run();
        for (String name : List.of("ItemProcessor", "Iterator")) {
            if (state.path(name).isObject()) {
                checkProcessor(state.get(name), place + "/" + name);
                check(state.get(name), place + "/" + name);
            }
        }
        JsonNode branches = state.path("Branches");
        for (int i = 0; i < branches.size(); i++) {
            check(branches.get(i), place + "/Branches[" + i + "]");
        }
    }

    private void checkProcessor(JsonNode processor, String place) {
        if (processor.has("QueryLanguage")) {
            found.add(Diagnostic.schema(place, "Field 'QueryLanguage' is not supported"));
        }
    }

    /** Machines inside states follow the outermost machine, not the state round them. */
    private boolean jsonata(JsonNode owner) {
        String root = this.root.path("QueryLanguage").asText("JSONPath");
        return owner.path("QueryLanguage").asText(root).equals("JSONata");
    }
}
