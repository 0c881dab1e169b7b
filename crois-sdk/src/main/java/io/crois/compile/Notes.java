package io.crois.compile;

import io.crois.contract.ForEachSpec;
import io.crois.contract.StepSpec;
import io.crois.contract.Value;
import io.crois.workflow.Comparand;
import io.crois.workflow.Condition;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What cannot be read from a machine again; nearly all of it by the name of a state. */
final class Notes {
    private final Map<String, String> elements = new HashMap<>();
    private final Map<String, StepSpec> steps = new HashMap<>();
    private final Map<String, StepSpec> paths = new HashMap<>();
    private final Set<String> chained = new HashSet<>();
    private final Map<String, List<StepSpec>> chains = new HashMap<>();
    private final Map<String, ForEachSpec> loops = new HashMap<>();
    private final Map<String, String> subWorkflows = new HashMap<>();
    private final Map<String, Choice> choices = new HashMap<>();
    private final Map<String, String> outcomes = new HashMap<>();

    /** The conditions of a Choice state, in the order of its rules, with what they look at. */
    record Choice(String name, List<Condition> conditions, Map<Comparand, Value> values) {
        Choice {
            conditions = List.copyOf(conditions);
            values = Map.copyOf(values);
        }
    }

    /** Notes the element that a state belongs to. */
    void element(String state, String element) {
        elements.put(state, element);
    }

    /** Notes the state with which a step begins. */
    void step(String state, StepSpec spec) {
        steps.put(state, spec);
        paths.put(Forecast.path(spec), spec);
    }

    /** Notes the Map of a chain of steps, and the state with which each of them begins. */
    void chain(String state, String first, List<StepSpec> specs) {
        chains.put(state, List.copyOf(specs));
        specs.forEach(spec -> paths.put(Forecast.path(spec), spec));
        chained.add(first);
    }

    /** Notes the Map of a forEach. */
    void loop(String state, ForEachSpec spec) {
        loops.put(state, spec);
    }

    void subWorkflow(String state, String name) {
        subWorkflows.put(state, name);
    }

    void choice(String state, Choice choice) {
        choices.put(state, choice);
    }

    /** Notes the Choice behind a {@code lastly}, and the variable that holds the failure. */
    void outcome(String state, String variable) {
        outcomes.put(state, variable);
    }

    /** Returns the name of the element that a state belongs to, or the state's own. */
    String placeOf(String state) {
        String first = state.contains(" · ") ? state.substring(0, state.lastIndexOf(" · ")) : state;
        return elements.getOrDefault(state, elements.getOrDefault(first, state));
    }

    @Nullable
    StepSpec stepOf(String state) {
        return steps.get(state);
    }

    boolean isChained(String state) {
        return chained.contains(state);
    }

    @Nullable
    List<StepSpec> chainOf(String state) {
        return chains.get(state);
    }

    @Nullable
    ForEachSpec loopOf(String state) {
        return loops.get(state);
    }

    @Nullable
    String subWorkflowOf(String state) {
        return subWorkflows.get(state);
    }

    @Nullable
    Choice choiceOf(String state) {
        return choices.get(state);
    }

    @Nullable
    String outcomeOf(String state) {
        return outcomes.get(state);
    }

    boolean isFailure(String variable) {
        return outcomes.containsValue(variable);
    }

    /** Returns all forEach blocks. */
    Iterable<ForEachSpec> loops() {
        return loops.values();
    }

    /** Returns all choices. */
    Iterable<Choice> choices() {
        return choices.values();
    }

    /** Returns all steps, those of chains too. */
    Collection<StepSpec> steps() {
        return paths.values();
    }

    /** Returns the step of a path such as {@code tune/train}. */
    @Nullable
    StepSpec stepAt(String path) {
        return paths.get(path);
    }
}
