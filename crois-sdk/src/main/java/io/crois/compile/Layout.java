package io.crois.compile;

import io.crois.workflow.Body;
import io.crois.workflow.Choose;
import io.crois.workflow.Element;
import io.crois.workflow.ForEach;
import io.crois.workflow.Parallel;
import io.crois.workflow.Step;
import io.crois.workflow.SubWorkflow;
import io.crois.workflow.Workflow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What must be known of the whole workflow before its first state is written: state names, and who produces what. */
final class Layout {
    /** Steps of one Map at most, so that its list of steps stays within 256 KiB. */
    private static final int LONGEST_CHAIN = 1_000;

    private final Workflow workflow;
    private final boolean compact;
    private final StateNames names = new StateNames();
    /** By the blocks round a body and then by identity: the same sub-workflow may stand in several places. */
    private final Map<List<String>, Map<Body, BodyLayout>> bodies = new HashMap<>();

    private final Map<List<String>, Frame> frames = new HashMap<>();
    private final Set<List<String>> tolerant = new HashSet<>();
    private int variables;

    private Layout(Workflow workflow, boolean compact) {
        this.workflow = workflow;
        this.compact = compact;
    }

    static Layout of(Workflow workflow, boolean compact) {
        Layout layout = new Layout(workflow, compact);
        Frame outermost = Frame.of(workflow);
        layout.frames.put(List.of(), outermost);
        layout.visit(workflow.body(), workflow.name(), outermost, List.of());
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

    /** Returns the names of a body that stands inside of these blocks. */
    BodyLayout of(Body body, List<String> loops) {
        BodyLayout layout = bodies.getOrDefault(loops, Map.of()).get(body);
        if (layout == null) {
            throw new IllegalStateException("A body was not laid out. This is a bug in Crois, please report it.");
        }
        return layout;
    }

    /** Returns the workflow to which a place inside of these blocks belongs. */
    Frame frame(List<String> loops) {
        for (int length = loops.size(); length > 0; length--) {
            Frame frame = frames.get(loops.subList(0, length));
            if (frame != null) {
                return frame;
            }
        }
        return frames.getOrDefault(List.of(), Frame.of(workflow));
    }

    /** Returns whether iterations may fail of the block that stands this deep round a producer. */
    boolean mayFail(List<String> producer, int depth) {
        return tolerant.contains(producer.subList(0, depth + 1));
    }

    private void visit(Body body, String label, Frame frame, List<String> loops) {
        String path = String.join("/", loops) + (loops.isEmpty() ? "" : "/");
        bodies.computeIfAbsent(loops, unknown -> new IdentityHashMap<>())
                .put(body, new BodyLayout(units(body, path), lastly(body, label)));
        body.elements().forEach(element -> visit(element, frame, loops));
        visitOptional(body.onFailure(), label + " · on failure", frame, loops);
        visitOptional(body.lastly(), label + " · lastly", frame, loops);
    }

    private void visitOptional(@Nullable Body body, String label, Frame frame, List<String> loops) {
        if (body != null) {
            visit(body, label, frame, loops);
        }
    }

    private void visit(Element element, Frame frame, List<String> loops) {
        if (element instanceof Step step) {
            step.reports().forEach(result -> frame.noteResult(result.name(), loops));
            step.produces().forEach(artifact -> frame.noteArtifact(artifact.name(), loops));
        } else if (element instanceof Parallel parallel) {
            parallel.branches().forEach(branch -> visit(branch.body(), branch.name(), frame, loops));
        } else if (element instanceof ForEach forEach) {
            List<String> inside = append(loops, forEach.name());
            if (forEach.toleratesFailures()) {
                tolerant.add(inside);
            }
            visit(forEach.body(), forEach.name(), frame, inside);
        } else if (element instanceof Choose choose) {
            for (int i = 0; i < choose.cases().size(); i++) {
                visit(choose.cases().get(i).body(), choose.name() + " · case " + (i + 1), frame, loops);
            }
            visitOptional(choose.otherwise(), choose.name() + " · otherwise", frame, loops);
        } else if (element instanceof SubWorkflow sub) {
            visit(sub, frame, loops);
        }
    }

    private void visit(SubWorkflow sub, Frame frame, List<String> loops) {
        for (SubWorkflow.Returned returned : sub.returned()) {
            if (returned instanceof SubWorkflow.ReturnedArtifact) {
                frame.noteArtifact(returned.outer(), loops);
            } else {
                frame.noteResult(returned.outer(), loops);
            }
        }
        List<String> inside = append(loops, sub.name());
        Frame inner = frame.inner(sub, loops);
        frames.put(inside, inner);
        visit(sub.workflow().body(), sub.name(), inner, inside);
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
        if (element instanceof SubWorkflow sub) {
            return countSteps(sub.workflow().body());
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
