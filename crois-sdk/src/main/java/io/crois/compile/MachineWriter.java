package io.crois.compile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crois.workflow.Body;
import io.crois.workflow.Workflow;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Writes the whole machine, and remembers what cannot be read from it again. */
final class MachineWriter {
    private final Layout layout;
    private final Specs specs;
    private final PlatformNames platform;
    private final Notes notes = new Notes();

    MachineWriter(Layout layout, Specs specs, PlatformNames platform) {
        this.layout = layout;
        this.specs = specs;
        this.platform = platform;
    }

    ObjectNode write() {
        Workflow workflow = layout.workflow();
        ObjectNode machine = Asl.object();
        if (!workflow.description().isEmpty()) {
            machine.put("Comment", workflow.description());
        }
        machine.put("QueryLanguage", "JSONata");
        machine.setAll(machine(workflow.body(), List.of(), new Exit(null, false)));
        return machine;
    }

    /** Returns a machine inside the machine: a branch, or what a Map does with an item. */
    ObjectNode nested(Body body, List<String> loops) {
        return machine(body, loops, new Exit(null, true));
    }

    private ObjectNode machine(Body body, List<String> loops, Exit exit) {
        ObjectNode states = Asl.object();
        new BodyWriter(this, states, loops).write(body, exit, null);
        ObjectNode machine = Asl.object();
        machine.put("StartAt", states.fieldNames().next());
        machine.set("States", states);
        prune(machine);
        return machine;
    }

    /** Step Functions refuses what is never reached, such as what would be done if a mere wait failed. */
    private static void prune(ObjectNode machine) {
        ObjectNode states = (ObjectNode) machine.path("States");
        Set<String> reached = new HashSet<>();
        Deque<String> open = new ArrayDeque<>(List.of(machine.path("StartAt").asText()));
        while (!open.isEmpty()) {
            String state = open.pop();
            if (reached.add(state)) {
                targets(states.path(state)).forEach(open::push);
            }
        }
        states.retain(reached);
    }

    private static List<String> targets(JsonNode state) {
        List<String> targets = new ArrayList<>();
        Stream.<Iterable<JsonNode>>of(List.of(state), state.path("Choices"), state.path("Catch"))
                .flatMap(rules -> StreamSupport.stream(rules.spliterator(), false))
                .flatMap(rule -> Stream.of(rule.path("Next"), rule.path("Default")))
                .filter(JsonNode::isTextual)
                .forEach(target -> targets.add(target.textValue()));
        return targets;
    }

    Layout layout() {
        return layout;
    }

    Specs specs() {
        return specs;
    }

    PlatformNames platform() {
        return platform;
    }

    void writeStep(ObjectNode states, StepFrame frame, Exit exit, @Nullable Handler handler) {
        new StepStates(layout.workflow().name(), platform, layout.names(), frame, exit, handler).write(states);
    }

    /** Returns what is noted for those who look at the machine later. */
    Notes notes() {
        return notes;
    }
}
