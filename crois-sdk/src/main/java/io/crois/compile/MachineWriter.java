package io.crois.compile;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crois.workflow.Body;
import io.crois.workflow.Workflow;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes the whole machine, and remembers what cannot be read from it again. */
final class MachineWriter {
    private final Layout layout;
    private final Specs specs;
    private final PlatformNames platform;
    private final Map<String, Long> iterations = new HashMap<>();
    private final Map<String, String> elements = new HashMap<>();

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
        return machine;
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

    void noteIterations(String state, long count) {
        iterations.put(state, count);
    }

    void noteElement(String state, String element) {
        elements.put(state, element);
    }

    /** Returns how many iterations a Map state makes, where that is known. */
    Map<String, Long> iterations() {
        return iterations;
    }

    /** Returns the element that a state belongs to, by the name of its first state. */
    Map<String, String> elements() {
        return elements;
    }
}
