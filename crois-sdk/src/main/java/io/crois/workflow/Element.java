package io.crois.workflow;

/** One thing that a {@link Body} does; elements run in order. */
public sealed interface Element permits Step, Parallel, ForEach, Choose, Wait, Fail, SubWorkflow, RawState {
    /** Returns the name, unique in the workflow. */
    String name();
}
