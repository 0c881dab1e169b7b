package io.crois.compile;

import io.crois.workflow.Operand;
import io.crois.workflow.Parameter;
import io.crois.workflow.SubWorkflow;
import io.crois.workflow.Workflow;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One workflow within the whole: the outermost one, or one that stands inside another. Names are unique within it. */
final class Frame {
    private final Workflow workflow;
    private final @Nullable SubWorkflow call;
    private final @Nullable Frame outer;
    private final List<String> outerLoops;
    private final Map<String, List<String>> resultLoops = new HashMap<>();
    private final Map<String, List<String>> artifactLoops = new HashMap<>();

    private Frame(Workflow workflow, @Nullable SubWorkflow call, @Nullable Frame outer, List<String> outerLoops) {
        this.workflow = workflow;
        this.call = call;
        this.outer = outer;
        this.outerLoops = outerLoops;
    }

    static Frame of(Workflow workflow) {
        return new Frame(workflow, null, null, List.of());
    }

    /** Returns the frame of a workflow that stands in this one, inside of these blocks. */
    Frame inner(SubWorkflow sub, List<String> loops) {
        return new Frame(sub.workflow(), sub, this, loops);
    }

    Workflow workflow() {
        return workflow;
    }

    boolean isOutermost() {
        return call == null;
    }

    /** Returns the frame round this one. */
    @Nullable
    Frame outer() {
        return outer;
    }

    /** Returns the blocks round the place where this workflow stands. */
    List<String> outerLoops() {
        return outerLoops;
    }

    /** Returns what a parameter is bound to: an operand of the frame round this one, or the default. */
    Operand binding(Parameter<?> parameter) {
        Operand bound = call == null ? null : call.bindings().get(parameter.name());
        if (bound != null) {
            return bound;
        }
        return workflow.parameters().stream()
                .filter(declared -> declared.name().equals(parameter.name()))
                .map(Parameter::defaultValue)
                .findFirst()
                .<Operand>map(Operand.Literal::new)
                .orElseThrow(() -> new IllegalStateException("Parameter `" + parameter.name() + "` of workflow `"
                        + workflow.name() + "` is bound to nothing. This is a bug in Crois, please report it."));
    }

    /** Returns what this workflow gives to the one round it. */
    List<SubWorkflow.Returned> returned() {
        return call == null ? List.of() : call.returned();
    }

    void noteResult(String result, List<String> loops) {
        resultLoops.putIfAbsent(result, loops);
    }

    void noteArtifact(String artifact, List<String> loops) {
        artifactLoops.putIfAbsent(artifact, loops);
    }

    /** Returns the blocks round the step that reports a result, outermost first. */
    List<String> loopsOfResult(String result) {
        return resultLoops.getOrDefault(result, List.of());
    }

    /** Returns the blocks round the step that produces an artifact, outermost first. */
    List<String> loopsOfArtifact(String artifact) {
        return artifactLoops.getOrDefault(artifact, List.of());
    }
}
