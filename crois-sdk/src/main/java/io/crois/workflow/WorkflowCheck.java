package io.crois.workflow;

/** Finds what is wrong in a workflow. */
final class WorkflowCheck {
    private WorkflowCheck() {}

    static void check(Workflow workflow) {
        if (workflow.body().elements().isEmpty()) {
            throw new WorkflowValidationException(
                    "Workflow `" + workflow.name() + "`",
                    java.util.List.of("has no steps. Add one with `step(name, …)`."));
        }
    }
}
