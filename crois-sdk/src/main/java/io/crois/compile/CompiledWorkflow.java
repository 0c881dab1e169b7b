package io.crois.compile;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crois.asl.StateMachine;
import io.crois.contract.ForEachSpec;
import io.crois.contract.Json;
import io.crois.contract.StepSpec;
import io.crois.workflow.Arguments;
import io.crois.workflow.Workflow;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A state machine with the specs that its functions look up. Immutable and safe for use by several threads. */
public final class CompiledWorkflow {
    private final Workflow workflow;
    private final StateMachine stateMachine;
    private final String json;
    private final List<StepSpec> steps;
    private final List<ForEachSpec> forEachs;
    private final ObjectNode definition;
    private final Notes notes;
    private final Forecast forecast;
    private final List<QuotaProblem> problems;

    CompiledWorkflow(Workflow workflow, ObjectNode definition, MachineWriter machine) {
        this.workflow = workflow;
        this.stateMachine = StateMachine.parse(definition);
        this.json = stateMachine.toJson();
        this.steps = machine.specs().steps();
        this.forEachs = machine.specs().forEachs();
        this.definition = definition;
        this.notes = machine.notes();
        this.forecast = forecast(Assumptions.none());
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

    /** Returns what any execution takes when every step succeeds at its first attempt. */
    public Forecast forecast() {
        return forecast;
    }

    /**
     * Returns what an execution with these arguments takes when every step succeeds at its first attempt.
     *
     * @throws io.crois.workflow.WorkflowValidationException if the workflow does not take such arguments
     */
    public Forecast forecast(Arguments arguments) {
        return forecast(Assumptions.of(arguments));
    }

    /**
     * Returns what an execution takes of which this is known.
     *
     * @throws io.crois.workflow.WorkflowValidationException if the workflow does not take such arguments
     * @throws IllegalArgumentException if the assumptions speak of something that the workflow does not have; the
     *     message names all of it
     */
    public Forecast forecast(Assumptions assumptions) {
        AssumptionCheck.check(assumptions, workflow, notes);
        Facts facts = new Facts(workflow, notes, assumptions);
        return Forecast.of(new Tallies(definition, facts, Place.TOP).whole().anyEnd(), facts);
    }

    /** Returns the limits of AWS that this machine passes or may pass; empty when there is nothing to say. */
    public List<QuotaProblem> problems() {
        return problems;
    }

    /** Returns the element on the longest way at which the history passes a number of events. */
    Optional<String> elementAt(long events) {
        @Nullable
        String state =
                new Tallies(definition, new Facts(workflow, notes, Assumptions.none()), Place.TOP).passing(events);
        return Optional.ofNullable(state).map(notes::placeOf);
    }

    /** Returns the element whose states take the largest part of the definition. */
    String largestElement() {
        Map<String, Integer> lengths = new TreeMap<>();
        definition
                .path("States")
                .properties()
                .forEach(state -> lengths.merge(
                        notes.placeOf(state.getKey()),
                        state.getValue().toString().length(),
                        Integer::sum));
        return Collections.max(lengths.entrySet(), Map.Entry.comparingByValue()).getKey();
    }

    List<QuotaProblem> problemsOfStates() {
        return new StateQuotas(new Facts(workflow, notes, Assumptions.none())).check(definition);
    }

    @Override
    public String toString() {
        return "CompiledWorkflow[" + workflow.name() + ", " + steps.size() + " steps]";
    }
}
