package io.crois.render;

import io.crois.workflow.Workflow;

/** The graph of a workflow, and how far an execution has come on it. Immutable. */
public final class Diagram {
    private final Workflow workflow;
    private final Timeline timeline;

    private Diagram(Workflow workflow, Timeline timeline) {
        this.workflow = workflow;
        this.timeline = timeline;
    }

    /** Returns the graph of a workflow. */
    public static Diagram of(Workflow workflow) {
        return of(workflow, Timeline.empty());
    }

    /** Returns the graph of a workflow with the state, attempts and time of each step that has begun. */
    public static Diagram of(Workflow workflow, Timeline timeline) {
        return new Diagram(workflow, timeline);
    }

    /**
     * Returns an SVG document that needs no other file and follows the reader's light or dark preference. The flow goes
     * from top to bottom; states of steps are told by colour and by a symbol.
     */
    public String toSvg() {
        return SvgWriter.write(workflow, new Blocks(timeline).of(workflow.body()));
    }

    /** Returns a {@code flowchart} in the text language of Mermaid. */
    public String toMermaid() {
        return new MermaidWriter(timeline).write(workflow);
    }
}
