package io.crois.render;

import io.crois.workflow.Body;
import io.crois.workflow.Choose;
import io.crois.workflow.Element;
import io.crois.workflow.Fail;
import io.crois.workflow.ForEach;
import io.crois.workflow.Parallel;
import io.crois.workflow.RawState;
import io.crois.workflow.Step;
import io.crois.workflow.SubWorkflow;
import io.crois.workflow.Wait;
import io.crois.workflow.Workflow;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes a Mermaid flowchart. An open end is a node, and the text on the edge that leaves it. Not thread-safe. */
final class MermaidWriter {
    private final Timeline timeline;
    private final StringBuilder text = new StringBuilder();
    private int nodes;

    MermaidWriter(Timeline timeline) {
        this.timeline = timeline;
    }

    private record Open(String node, String label) {}

    String write(Workflow workflow) {
        text.append("flowchart TD\n");
        String start = node("((", "start", "))");
        List<Open> open = body(workflow.body(), List.of(new Open(start, "")));
        if (!open.isEmpty()) {
            connect(open, node("((", "end", "))"));
        }
        text.append("  classDef succeeded stroke:#1a7f37,stroke-width:2px\n");
        text.append("  classDef failed stroke:#cf222e,stroke-width:2px\n");
        text.append("  classDef running stroke:#0969da,stroke-width:2px\n");
        text.append("  classDef retried stroke:#9a6700,stroke-width:2px\n");
        return text.toString();
    }

    private List<Open> body(Body body, List<Open> entry) {
        int first = nodes;
        List<Open> open = entry;
        for (Element element : body.elements()) {
            open = element(element, open);
        }
        List<Open> ends = new ArrayList<>(open);
        boolean began = nodes > first;
        if (began && body.onFailure() != null) {
            ends.addAll(body(body.onFailure(), List.of(new Open("n" + (first + 1), "on failure"))));
        }
        if (body.lastly() != null) {
            return body(body.lastly(), relabel(ends, "lastly"));
        }
        return ends;
    }

    private static List<Open> relabel(List<Open> ends, String label) {
        return ends.stream()
                .map(end -> end.label().isEmpty() ? new Open(end.node(), label) : end)
                .toList();
    }

    private List<Open> element(Element element, List<Open> entry) {
        if (element instanceof Step step) {
            return after(entry, step(step));
        }
        if (element instanceof ForEach forEach) {
            return group(Blocks.title(forEach), forEach.name(), forEach.body(), entry);
        }
        if (element instanceof SubWorkflow sub) {
            return group("workflow " + sub.name(), sub.name(), sub.workflow().body(), entry);
        }
        if (element instanceof RawState raw) {
            return after(entry, node("([", Blocks.title(raw), "])"));
        }
        if (element instanceof Choose choose) {
            return choose(choose, entry);
        }
        if (element instanceof Parallel parallel) {
            return parallel(parallel, entry);
        }
        if (element instanceof Wait wait) {
            return after(entry, node("([", "wait " + Labels.time(wait.duration()), "])"));
        }
        connect(entry, node("[[", "fail: " + ((Fail) element).error(), "]]"));
        return List.of();
    }

    private String step(Step step) {
        StepState state = timeline.state(step.name());
        String node = node("[", step.name(), "]");
        if (state != StepState.WAITING) {
            text.append("  class ")
                    .append(node)
                    .append(' ')
                    .append(state.label())
                    .append('\n');
        }
        return node;
    }

    private List<Open> group(String title, String name, Body inside, List<Open> entry) {
        String head = node("[/", title, "/]");
        connect(entry, head);
        text.append("  subgraph g")
                .append(nodes)
                .append("[\"")
                .append(escape(name))
                .append("\"]\n");
        List<Open> open = body(inside, List.of(new Open(head, "")));
        text.append("  end\n");
        return open;
    }

    private List<Open> choose(Choose choose, List<Open> entry) {
        String head = node("{", choose.name(), "}");
        connect(entry, head);
        List<Open> open = new ArrayList<>();
        for (Choose.Case way : choose.cases()) {
            open.addAll(body(way.body(), List.of(new Open(head, Labels.of(way.condition())))));
        }
        open.addAll(otherwise(choose.otherwise(), new Open(head, "otherwise")));
        return open;
    }

    private List<Open> otherwise(@Nullable Body body, Open entry) {
        return body == null ? List.of(entry) : body(body, List.of(entry));
    }

    private List<Open> parallel(Parallel parallel, List<Open> entry) {
        String head = node("([", parallel.name(), "])");
        connect(entry, head);
        List<Open> open = new ArrayList<>();
        parallel.branches().forEach(b -> open.addAll(body(b.body(), List.of(new Open(head, b.name())))));
        return open;
    }

    private List<Open> after(List<Open> entry, String node) {
        connect(entry, node);
        return List.of(new Open(node, ""));
    }

    private String node(String left, String label, String right) {
        String id = "n" + ++nodes;
        text.append("  ")
                .append(id)
                .append(left)
                .append('"')
                .append(escape(label))
                .append('"');
        text.append(right).append('\n');
        return id;
    }

    private void connect(List<Open> from, String to) {
        for (Open open : from) {
            text.append("  ").append(open.node()).append(" -->");
            if (!open.label().isEmpty()) {
                text.append("|\"").append(escape(open.label())).append("\"|");
            }
            text.append(' ').append(to).append('\n');
        }
    }

    /** Mermaid knows entities with a number sign in place of the ampersand. */
    private static String escape(String label) {
        return label.replace("#", "#35;")
                .replace("\"", "#quot;")
                .replace("<", "#lt;")
                .replace(">", "#gt;")
                .replace("\n", " ");
    }
}
