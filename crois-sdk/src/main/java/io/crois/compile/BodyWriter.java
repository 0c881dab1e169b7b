package io.crois.compile;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crois.contract.ForEachSpec;
import io.crois.contract.Json;
import io.crois.contract.StepSpec;
import io.crois.contract.Value;
import io.crois.workflow.Body;
import io.crois.workflow.Choose;
import io.crois.workflow.Element;
import io.crois.workflow.Fail;
import io.crois.workflow.ForEach;
import io.crois.workflow.Parallel;
import io.crois.workflow.RawState;
import io.crois.workflow.Step;
import io.crois.workflow.SubWorkflow;
import io.crois.workflow.Wait;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes the states of a body, and of the bodies inside it, into one machine. */
final class BodyWriter {
    private final MachineWriter machine;
    private final Layout layout;
    private final ObjectNode states;
    private final List<String> loops;

    BodyWriter(MachineWriter machine, ObjectNode states, List<String> loops) {
        this.machine = machine;
        this.layout = machine.layout();
        this.states = states;
        this.loops = loops;
    }

    void write(Body body, Exit exit, @Nullable Handler handler) {
        BodyLayout.Lastly lastly = layout.of(body, loops).lastly();
        if (lastly == null || body.lastly() == null) {
            writeWithFailure(body, exit, handler);
            return;
        }
        BodyLayout last = layout.of(body.lastly(), loops);
        String entry = last.entry() == null ? lastly.outcome() : last.entry();
        writeWithFailure(body, exit.to(lastly.begin()), new Handler(entry, lastly.variable()));
        ObjectNode begin = Asl.state("Pass");
        begin.putObject("Assign").putObject(lastly.variable());
        exit.to(entry).leave(begin);
        states.set(lastly.begin(), begin);
        write(body.lastly(), exit.to(lastly.outcome()), handler);
        writeOutcome(lastly, exit, handler);
    }

    private void writeWithFailure(Body body, Exit exit, @Nullable Handler handler) {
        Body onFailure = body.onFailure();
        String entry = onFailure == null ? null : layout.of(onFailure, loops).entry();
        if (onFailure == null || entry == null) {
            writeElements(layout.of(body, loops).units(), exit, handler);
            return;
        }
        writeElements(layout.of(body, loops).units(), exit, new Handler(entry, null));
        write(onFailure, exit, handler);
    }

    /** Goes on as if nothing had happened, or raises the error that was kept. */
    private void writeOutcome(BodyLayout.Lastly lastly, Exit exit, @Nullable Handler handler) {
        String error = "$" + lastly.variable();
        ObjectNode choice = Asl.state("Choice");
        choice.putArray("Choices")
                .addObject()
                .put("Condition", "{% $exists(" + error + ".Error) %}")
                .put("Next", lastly.failed());
        states.set(lastly.outcome(), choice);
        machine.notes().outcome(lastly.outcome(), lastly.variable());
        choice.put("Default", orSucceed(null, exit, lastly.outcome()));
        states.set(lastly.failed(), handler == null ? fail(error) : handler.raise(lastly.variable()));
    }

    private static ObjectNode fail(String error) {
        return Asl.state("Fail")
                .put("Error", "{% " + error + ".Error %}")
                .put("Cause", "{% $exists(" + error + ".Cause) ? " + error + ".Cause : '' %}");
    }

    private void writeElements(List<Unit> units, Exit exit, @Nullable Handler handler) {
        for (int i = 0; i < units.size(); i++) {
            Exit after = i + 1 < units.size() ? exit.to(units.get(i + 1).state()) : exit;
            write(units.get(i), after, handler);
        }
    }

    private void write(Unit unit, Exit exit, @Nullable Handler handler) {
        machine.notes().element(unit.state(), unit.element().name());
        Element element = unit.element();
        if (unit.isChain()) {
            writeChain(unit, exit, handler);
        } else if (element instanceof Step step) {
            StepSpec spec = machine.specs().add(step, loops);
            machine.notes().step(unit.state(), spec);
            machine.writeStep(states, StepFrame.of(unit.state(), spec), exit, handler);
        } else if (element instanceof Parallel parallel) {
            writeParallel(unit.state(), parallel, exit, handler);
        } else if (element instanceof ForEach forEach) {
            writeForEach(unit.state(), forEach, exit, handler);
        } else if (element instanceof Choose choose) {
            writeChoose(unit.state(), choose, exit, handler);
        } else if (element instanceof SubWorkflow sub) {
            ObjectNode processor = machine.nested(sub.workflow().body(), Layout.append(loops, sub.name()));
            machine.notes().subWorkflow(unit.state(), sub.name());
            finish(unit.state(), MapStates.once(sub.name(), processor), exit, handler);
        } else if (element instanceof RawState raw) {
            writeRaw(unit.state(), raw, exit, handler);
        } else if (element instanceof Wait wait) {
            ObjectNode state = Asl.state("Wait").put("Seconds", wait.duration().toSeconds());
            exit.leave(state);
            states.set(unit.state(), state);
        } else {
            writeFail(unit.state(), (Fail) element, handler);
        }
    }

    private void writeChain(Unit unit, Exit exit, @Nullable Handler handler) {
        List<StepSpec> specs = unit.elements().stream()
                .map(element -> machine.specs().add((Step) element, loops))
                .toList();
        String label = layout.names().part(unit.state(), " · step");
        ObjectNode inner = Asl.object();
        machine.writeStep(inner, StepFrame.ofChain(label, specs), new Exit(null, true), null);
        ObjectNode processor = Asl.object().put("StartAt", label);
        processor.set("States", inner);
        machine.notes().chain(unit.state(), label, specs);
        finish(unit.state(), MapStates.chain(specs, processor), exit, handler);
    }

    private void writeParallel(String name, Parallel parallel, Exit exit, @Nullable Handler handler) {
        ObjectNode state = Asl.state("Parallel");
        var branches = state.putArray("Branches");
        parallel.branches().forEach(branch -> {
            ObjectNode commented = Asl.object().put("Comment", branch.name());
            commented.setAll(machine.nested(branch.body(), loops));
            branches.add(commented);
        });
        finish(name, state, exit, handler);
    }

    private void writeForEach(String name, ForEach forEach, Exit exit, @Nullable Handler handler) {
        ForEachSpec spec = machine.specs().add(forEach, loops);
        String each = layout.names().part(name, " · each");
        ObjectNode payload = Asl.object()
                .put("kind", "items")
                .put("run", Asl.RUN)
                .put("workflow", layout.workflow().name())
                .put("forEach", forEach.name())
                .put("spec", spec.digest());
        ObjectNode items = Asl.lambda(machine.platform().prepare(), payload);
        String told = spec.large() ? "list" : "count";
        items.set("Output", Asl.run().put(told, "{% $states.result.Payload." + told + " %}"));
        guard(items, handler);
        states.set(name, items.put("Next", each));
        machine.notes().loop(each, spec);
        machine.notes().element(each, forEach.name());
        ObjectNode processor = machine.nested(forEach.body(), Layout.append(loops, forEach.name()));
        finish(each, MapStates.each(forEach, processor), exit, handler);
    }

    private void writeChoose(String name, Choose choose, Exit exit, @Nullable Handler handler) {
        String choiceName = layout.names().part(name, " · choice");
        Conditions conditions = new Conditions(machine.specs().operands(), loops);
        ObjectNode choice = Asl.state("Choice");
        var rules = choice.putArray("Choices");
        states.putNull(name);
        states.set(choiceName, choice);
        for (Choose.Case option : choose.cases()) {
            ObjectNode rule = rules.addObject().put("Condition", conditions.expression(option.condition()));
            rule.put("Next", orSucceed(layout.of(option.body(), loops).entry(), exit, choiceName))
                    .set("Output", Asl.run());
            write(option.body(), exit, handler);
        }
        Body otherwise = choose.otherwise();
        String target = otherwise == null ? null : layout.of(otherwise, loops).entry();
        choice.put("Default", orSucceed(target, exit, choiceName)).set("Output", Asl.run());
        if (otherwise != null) {
            write(otherwise, exit, handler);
        }
        machine.notes().choice(choiceName, conditions.note(choose));
        states.set(name, readValues(conditions.values(), choiceName, handler));
    }

    /** The name is that of the state itself, or of the one before it that reads the values. */
    private void writeRaw(String name, RawState raw, Exit exit, @Nullable Handler handler) {
        Map<String, Value> values = new LinkedHashMap<>();
        raw.values()
                .forEach((alias, operand) ->
                        values.put(alias, machine.specs().operands().value(operand, loops)));
        ObjectNode state = (ObjectNode) raw.state();
        if (values.isEmpty()) {
            finishRaw(name, raw, state, exit, handler);
            return;
        }
        String stateName = layout.names().part(name, " · state");
        states.set(name, readValues(values, stateName, handler));
        machine.notes().element(stateName, raw.name());
        finishRaw(stateName, raw, state, exit, handler);
    }

    private void finishRaw(String name, RawState raw, ObjectNode state, Exit exit, @Nullable Handler handler) {
        if (handler == null || !RawStates.canFail(state)) {
            finish(name, state, exit, null);
        } else if (RawStates.catches(state)) {
            finish(name, state, exit, handler);
        } else {
            String inner = layout.names().part(name, " · guarded");
            machine.notes().element(inner, raw.name());
            finish(name, RawStates.wrapped(inner, state), exit, handler);
        }
    }

    private ObjectNode readValues(Map<String, Value> read, String next, @Nullable Handler handler) {
        ObjectNode payload = Asl.object()
                .put("kind", "values")
                .put("run", Asl.RUN)
                .put("workflow", layout.workflow().name());
        ObjectNode values = payload.putObject("values");
        read.forEach((alias, value) -> values.set(alias, Asl.literal(Json.tree(value))));
        ObjectNode state = Asl.lambda(machine.platform().prepare(), payload);
        state.set("Output", Asl.run().put("values", "{% $states.result.Payload.values %}"));
        guard(state, handler);
        return state.put("Next", next);
    }

    private void writeFail(String name, Fail fail, @Nullable Handler handler) {
        ObjectNode error = Asl.object().put("Error", Asl.literal(fail.error())).put("Cause", Asl.literal(fail.cause()));
        if (handler == null) {
            ObjectNode state = Asl.state("Fail");
            state.setAll(error);
            states.set(name, state);
        } else {
            states.set(name, handler.raise(error));
        }
    }

    private void finish(String name, ObjectNode state, Exit exit, @Nullable Handler handler) {
        guard(state, handler);
        exit.leave(state);
        states.set(name, state);
    }

    /** Returns where a choice goes; a choice cannot end a machine itself. */
    private String orSucceed(@Nullable String entry, Exit exit, String choice) {
        if (entry != null) {
            return entry;
        }
        if (exit.next() != null) {
            return exit.next();
        }
        String end = layout.names().part(choice, " · end");
        ObjectNode state = Asl.state("Succeed");
        state.set("Output", exit.output());
        states.set(end, state);
        return end;
    }

    private static void guard(ObjectNode state, @Nullable Handler handler) {
        if (handler != null) {
            handler.guard(state);
        }
    }
}
