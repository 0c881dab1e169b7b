package io.crois.compile;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crois.asl.StateMachine;
import io.crois.contract.ForEachSpec;
import io.crois.contract.Json;
import io.crois.contract.StepSpec;
import io.crois.workflow.Workflow;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A state machine with the specs that its functions look up. Immutable and safe for use by several threads. */
public final class CompiledWorkflow {
    private final Workflow workflow;
    private final StateMachine stateMachine;
    private final String json;
    private final List<StepSpec> steps;
    private final List<ForEachSpec> forEachs;
    private final Map<String, String> elements;
    private final Tallies tallies;
    private final Forecast forecast;
    private final List<QuotaProblem> problems;

    CompiledWorkflow(Workflow workflow, ObjectNode definition, MachineWriter machine) {
        this.workflow = workflow;
        this.stateMachine = StateMachine.parse(definition);
        this.json = stateMachine.toJson();
        this.steps = machine.specs().steps();
        this.forEachs = machine.specs().forEachs();
        this.elements = Map.copyOf(machine.elements());
        this.tallies = new Tallies(definition, Map.copyOf(machine.iterations()));
        this.forecast = Forecast.of(tallies.whole());
        this.problems = Quotas.check(this);
    }

    /** Returns what was compiled. */
    public Workflow workflow() {
        return workflow;
    }

    /** Returns the state machine. */
    public StateMachine stateMachine() {
        return stateMachine;
    }

    /** Returns the Amazon States Language as compact JSON text. The same workflow always gives the same text. */
    public String toJson() {
        return json;
    }

    /** Returns a name for this machine and its specs: 16 hex digits that change with any of them. */
    public String digest() {
        return Json.digest(List.of(
                json,
                steps.stream().map(StepSpec::digest).toList(),
                forEachs.stream().map(ForEachSpec::digest).toList()));
    }

    /** Returns the specs of all steps, in the author's order. */
    public List<StepSpec> steps() {
        return steps;
    }

    /** Returns the specs of all forEach blocks, in the author's order. */
    public List<ForEachSpec> forEachSpecs() {
        return forEachs;
    }

    /** Returns what an execution takes when every step succeeds at its first attempt. */
    public Forecast forecast() {
        return forecast;
    }

    /** Returns the limits of AWS that this machine passes or may pass; empty when there is nothing to say. */
    public List<QuotaProblem> problems() {
        return problems;
    }

    /** Returns the element on the longest way at which the history passes a number of events. */
    Optional<String> elementAt(long events) {
        @Nullable String state = tallies.passing(events);
        return Optional.ofNullable(state).map(this::element);
    }

    private String element(String state) {
        String first = state.contains(" · ") ? state.substring(0, state.lastIndexOf(" · ")) : state;
        return elements.getOrDefault(state, elements.getOrDefault(first, state));
    }

    @Override
    public String toString() {
        return "CompiledWorkflow[" + workflow.name() + ", " + steps.size() + " steps]";
    }
}
