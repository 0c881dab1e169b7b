package io.crois.workflow;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.function.Consumer;

/** What the author is told when a workflow does not build. */
final class Refusals {
    private Refusals() {}

    /** Returns the problems of a workflow named {@code w}, one a line. */
    static String problem(Consumer<Workflow.Builder> definition) {
        return String.join("\n", refusal(definition).problems());
    }

    /** Returns the problems of a workflow of one step named {@code a} with an image. */
    static String stepProblem(Consumer<Step.Builder> definition) {
        return problem(w -> w.step("a", s -> definition.accept(s.image("i"))));
    }

    static WorkflowValidationException refusal(Consumer<Workflow.Builder> definition) {
        Workflow.Builder builder = Workflow.builder().name("w");
        definition.accept(builder);
        return catchThrowableOfType(WorkflowValidationException.class, builder::build);
    }
}
