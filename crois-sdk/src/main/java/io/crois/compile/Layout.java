package io.crois.compile;

import io.crois.workflow.Artifact;
import io.crois.workflow.Body;
import io.crois.workflow.Choose;
import io.crois.workflow.Element;
import io.crois.workflow.ForEach;
import io.crois.workflow.Parallel;
import io.crois.workflow.Step;
import io.crois.workflow.Workflow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What must be known of the whole workflow before its first state is written: state names, and who produces what. */
final class Layout {
    /** Steps of one Map at most, so that its list of steps stays within 256 KiB. */
    private static final int LONGEST_CHAIN = 1_000;

    private final Workflow workflow;
    private final boolean compact;
    private final StateNames names = new StateNames();
    private final Map<Body, BodyLayout> bodies = new IdentityHashMap<>();
    private final Map<String, List<String>> resultLoops = new HashMap<>();
    private final Map<String, List<String>> artifactLoops = new HashMap<>();
    private int variables;

    private Layout(Workflow workflow, boolean compact) {
        this.workflow = workflow;
        this.compact = compact;
    }

    static Layout of(Workflow workflow, boolean compact) {
        Layout layout = new Layout(workflow, compact);
        layout.visit(workflow.body(), workflow.name(), List.of());
        return layout;
    }

    static int countSteps(Workflow workflow) {
        return countSteps(workflow.body());
    }

    Workflow workflow() {
        return workflow;
    }

    StateNames names() {
        return names;
    }

    BodyLayout of(Body body) {
        BodyLayout layout = bodies.get(body);
        if (layout == null) {
            throw new IllegalStateException("A body was not laid out. This is a bug in Crois, please report it.");
        }
        return layout;
    }

    /** Returns the forEach blocks round the step that reports a result, outermost first. */
    List<String> loopsOfResult(String result) {
        return resultLoops.getOrDefault(result, List.of());
    }

    /** Returns the forEach blocks round the step that produces an artifact, outermost first. */
    List<String> loopsOfArtifact(String artifact) {
        return artifactLoops.getOrDefault(artifact, List.of());
    }

    private void visit(Body body, String label, List<String> loops) {
        String path = String.join("/", loops) + (loops.isEmpty() ? "" : "/");
        bodies.put(body, new BodyLayout(units(body, path), lastly(body, label)));
        body.elements().forEach(element -> visit(element, loops));
        visitOptional(body.onFailure(), label + " · on failure", loops);
        visitOptional(body.lastly(), label + " · lastly", loops);
    }

    private void visitOptional(@Nullable Body body, String label, List<String> loops) {
        if (body != null) {
            visit(body, label, loops);
        }
    }

    private void visit(Element element, List<String> loops) {
        if (element instanceof Step step) {
            step.reports().forEach(result -> resultLoops.putIfAbsent(result.name(), loops));
            step.produces().stream().map(Artifact::name).forEach(name -> artifactLoops.putIfAbsent(name, loops));
        } else if (element instanceof Parallel parallel) {
            parallel.branches().forEach(branch -> visit(branch.body(), branch.name(), loops));
        } else if (element instanceof ForEach forEach) {
            visit(forEach.body(), forEach.name(), append(loops, forEach.name()));
        } else if (element instanceof Choose choose) {
            for (int i = 0; i < choose.cases().size(); i++) {
                visit(choose.cases().get(i).body(), choose.name() + " · case " + (i + 1), loops);
            }
            visitOptional(choose.otherwise(), choose.name() + " · otherwise", loops);
        }
    }

    private BodyLayout.@Nullable Lastly lastly(Body body, String label) {
        if (body.lastly() == null) {
            return null;
        }
        variables++;
        return new BodyLayout.Lastly(
                names.part(label, " · lastly"),
                names.part(label, " · outcome"),
                names.part(label, " · failed"),
                "failure" + variables);
    }

    private List<Unit> units(Body body, String path) {
        List<Unit> units = new ArrayList<>();
        List<Element> pending = new ArrayList<>();
        for (Element element : body.elements()) {
            boolean chains = compact && element instanceof Step;
            if (!chains || pending.size() == LONGEST_CHAIN) {
                flush(pending, units, path);
            }
            if (chains) {
                pending.add(element);
            } else {
                units.add(new Unit(names.element(path, element.name()), List.of(element)));
            }
        }
        flush(pending, units, path);
        return List.copyOf(units);
    }

    private void flush(List<Element> pending, List<Unit> units, String path) {
        if (pending.isEmpty()) {
            return;
        }
        String first = pending.get(0).name();
        String name = pending.size() == 1
                ? first
                : first + " … " + pending.get(pending.size() - 1).name();
        units.add(new Unit(names.element(path, name), List.copyOf(pending)));
        pending.clear();
    }

    static List<String> append(List<String> loops, String loop) {
        List<String> longer = new ArrayList<>(loops);
        longer.add(loop);
        return List.copyOf(longer);
    }

    private static int countSteps(@Nullable Body body) {
        if (body == null) {
            return 0;
        }
        int steps = countSteps(body.onFailure()) + countSteps(body.lastly());
        for (Element element : body.elements()) {
            steps += countSteps(element);
        }
        return steps;
    }

    private static int countSteps(Element element) {
        if (element instanceof Step) {
            return 1;
        }
        if (element instanceof ForEach forEach) {
            return countSteps(forEach.body());
        }
        if (element instanceof Parallel parallel) {
            return parallel.branches().stream()
                    .mapToInt(branch -> countSteps(branch.body()))
                    .sum();
        }
        if (element instanceof Choose choose) {
            return countSteps(choose.otherwise())
                    + choose.cases().stream()
                            .mapToInt(c -> countSteps(c.body()))
                            .sum();
        }
        return 0;
    }
}
