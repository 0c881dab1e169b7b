package io.crois.compile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import io.crois.contract.StepSpec;
import io.crois.workflow.Backend;
import java.util.List;

/**
 * What the states of a step have to say: written down for one step, or read from the input for the steps of a chain.
 *
 * @param label the name of the first state
 * @param backend {@code AUTO} to look at what prepare answered
 * @param timeout seconds that the container may take in all
 * @param carried the members of the input that each state hands on
 */
record StepFrame(String label, Backend backend, JsonNode step, JsonNode spec, JsonNode timeout, List<String> carried) {

    /**
     * What the state machine grants beyond the two budgets, in seconds: the agent enforces the run budget and still has
     * to move files before and after it.
     */
    static final long MARGIN = 1_800;

    static StepFrame of(String label, StepSpec spec) {
        return new StepFrame(
                label,
                spec.backend(),
                TextNode.valueOf(spec.step()),
                TextNode.valueOf(spec.digest()),
                JsonNodeFactory.instance.numberNode(timeout(spec)),
                List.of("run"));
    }

    /** Returns the frame of all steps of a chain; each iteration's input tells which step it is. */
    static StepFrame ofChain(String label, List<StepSpec> specs) {
        List<Backend> backends =
                specs.stream().map(StepSpec::backend).distinct().toList();
        return new StepFrame(
                label,
                backends.size() == 1 ? backends.get(0) : Backend.AUTO,
                TextNode.valueOf("{% $states.input.step %}"),
                TextNode.valueOf("{% $states.input.spec %}"),
                TextNode.valueOf("{% $states.input.timeout %}"),
                List.of("run", "step", "spec", "timeout"));
    }

    static long timeout(StepSpec spec) {
        return spec.queueBudget() + spec.runBudget() + MARGIN;
    }

    boolean usesFargate() {
        return backend != Backend.BATCH;
    }

    boolean usesBatch() {
        return backend != Backend.FARGATE;
    }
}
