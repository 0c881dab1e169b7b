package io.crois.compile;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crois.workflow.Workflow;

/** Compiles workflows to the Amazon States Language. Immutable and safe for use by several threads. */
public final class WorkflowCompiler {
    /** With more steps than this, one state each for preparing, running and storing cannot fit a definition. */
    private static final int MOST_NAMED_STEPS = 700;

    private final PlatformNames names;

    private WorkflowCompiler(PlatformNames names) {
        this.names = names;
    }

    /** Returns a compiler that calls the functions by their default names. */
    public static WorkflowCompiler create() {
        return new WorkflowCompiler(PlatformNames.defaults());
    }

    /** Returns a compiler that calls the functions by other names; default {@link PlatformNames#defaults()}. */
    public WorkflowCompiler platformNames(PlatformNames platformNames) {
        return new WorkflowCompiler(platformNames);
    }

    /**
     * Compiles a workflow.
     *
     * <p>Each step becomes states of its own that bear its name. Where such a definition would pass the 1 MiB that Step
     * Functions takes, runs of consecutive steps become one Map that does them one after the other instead. What still
     * exceeds a quota is told by {@link CompiledWorkflow#problems()}.
     */
    public CompiledWorkflow compile(Workflow workflow) {
        if (Layout.countSteps(workflow) <= MOST_NAMED_STEPS) {
            CompiledWorkflow named = compile(workflow, false);
            if (named.toJson().length() <= Quotas.DEFINITION_CHARACTERS) {
                return named;
            }
        }
        return compile(workflow, true);
    }

    private CompiledWorkflow compile(Workflow workflow, boolean compact) {
        Layout layout = Layout.of(workflow, compact);
        MachineWriter machine = new MachineWriter(layout, new Specs(layout), names);
        ObjectNode definition = machine.write();
        return new CompiledWorkflow(workflow, definition, machine);
    }
}
