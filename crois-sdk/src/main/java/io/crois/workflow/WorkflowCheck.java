package io.crois.workflow;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds everything that is wrong in a workflow, in one pass over its elements for names and one for references. */
final class WorkflowCheck {
    private final Problems problems = new Problems();
    private final Map<String, Parameter<?>> parameters = new LinkedHashMap<>();
    private final Map<String, String> producers = new LinkedHashMap<>();
    private final Map<String, String> types = new LinkedHashMap<>();
    private final Set<String> names = new HashSet<>();

    private WorkflowCheck() {}

    static void check(Workflow workflow) {
        WorkflowCheck check = new WorkflowCheck();
        check.whole(workflow);
        check.problems.throwIfAny("Workflow `" + workflow.name() + "`");
    }

    /** Returns what a workflow that has been checked leaves behind, and the types of all that it makes. */
    static SubWorkflowCheck.Left leftBy(Workflow workflow) {
        WorkflowCheck check = new WorkflowCheck();
        return new SubWorkflowCheck.Left(check.whole(workflow), check.types);
    }

    private FlowCheck.Outcome whole(Workflow workflow) {
        problems.checkName("workflow", workflow.name());
        for (Parameter<?> parameter : workflow.parameters()) {
            ParameterCheck.check(parameter, problems);
            if (parameters.put(parameter.name(), parameter) != null) {
                problems.add("parameter `" + parameter.name() + "`", "is declared twice. Remove one of them.");
            }
        }
        body("workflow", workflow.body(), "");
        return new FlowCheck(parameters, producers, types, problems).check(workflow.body());
    }

    private void body(String place, @Nullable Body body, String path) {
        if (body == null) {
            return;
        }
        problems.addUnless(!body.elements().isEmpty(), place, "has no steps. Add one with `step(name, …)`.");
        body.elements().forEach(element -> element(element, path));
        body(place + ", on failure", body.onFailure(), path);
        body(place + ", lastly", body.lastly(), path);
    }

    private void element(Element element, String path) {
        String place = place(element);
        problems.checkName(place, element.name());
        problems.addUnless(names.add(element.name()), place, "the name is taken already. Rename one of them.");
        int length = path.length() + element.name().length() + " · run on Fargate".length();
        problems.addUnless(
                length <= 80,
                place,
                "its states would have names of up to " + length
                        + " characters, but 80 are allowed. Shorten the names.");
        if (element instanceof Step step) {
            StepCheck.check(step, problems);
            products(step, place);
        } else if (element instanceof Parallel parallel) {
            problems.addUnless(
                    !parallel.branches().isEmpty(), place, "has no branches. Add one with `branch(name, …)`.");
            branches(parallel, place, path);
        } else if (element instanceof ForEach forEach) {
            limits(forEach, place);
            body(place, forEach.body(), path + forEach.name() + "/");
        } else if (element instanceof Choose choose) {
            problems.addUnless(!choose.cases().isEmpty(), place, "has no cases. Add one with `when(condition, …)`.");
            choose.cases().forEach(option -> body(place + ", case", option.body(), path));
            body(place + ", otherwise", choose.otherwise(), path);
        } else if (element instanceof SubWorkflow sub) {
            returned(sub, place);
        } else if (element instanceof RawState raw) {
            RawStateCheck.check(raw, place, problems);
            RawStateCheck.nestedNames(raw.state())
                    .forEach(nested -> problems.addUnless(
                            names.add(nested),
                            place,
                            "the name of its state `" + nested + "` is taken already. Rename one of them."));
        } else if (element instanceof Wait wait) {
            long seconds = wait.duration().getSeconds();
            problems.addUnless(
                    wait.duration().getNano() == 0 && seconds >= 1 && seconds <= 99_999_999,
                    place,
                    "must be whole seconds from 1 to 99999999, but was " + wait.duration() + ".");
        }
    }

    private void branches(Parallel parallel, String place, String path) {
        Set<String> taken = new HashSet<>();
        for (Parallel.Branch branch : parallel.branches()) {
            String branchPlace = place + ", branch `" + branch.name() + "`";
            problems.checkName(branchPlace, branch.name());
            problems.addUnless(taken.add(branch.name()), branchPlace, "the name is taken already. Rename one of them.");
            body(branchPlace, branch.body(), path);
        }
    }

    private void products(Step step, String place) {
        for (Artifact artifact : step.produces()) {
            problems.checkArtifactName(place, artifact.name());
            problems.addUnless(
                    !artifact.collected(),
                    place,
                    "produces `.all()` of `" + artifact.name() + "`. Leave `.all()` away.");
            product(step.name(), place, FlowCheck.key(artifact), artifact.kind().name());
        }
        for (Result<?> result : step.reports()) {
            problems.checkName(place, result.name());
            product(step.name(), place, FlowCheck.key(result), result.type().name());
        }
    }

    private void returned(SubWorkflow sub, String place) {
        for (SubWorkflow.Returned returned : sub.returned()) {
            if (returned instanceof SubWorkflow.ReturnedArtifact artifact) {
                problems.checkArtifactName(place, artifact.outer());
                product(
                        sub.name(),
                        place,
                        FlowCheck.key(artifact.to()),
                        artifact.to().kind().name());
            } else if (returned instanceof SubWorkflow.ReturnedResult result) {
                problems.checkName(place, result.outer());
                product(
                        sub.name(),
                        place,
                        FlowCheck.key(result.to()),
                        result.to().type().name());
            }
        }
    }

    private void product(String producer, String place, String key, String type) {
        producers.putIfAbsent(key, producer);
        String earlier = types.putIfAbsent(key, type);
        problems.addUnless(
                earlier == null || earlier.equals(type),
                place,
                key + " is of type " + type + " here, but of type " + earlier + " in step `" + producers.get(key)
                        + "`. Use the same reference.");
    }

    private void limits(ForEach forEach, String place) {
        int most = forEach.mode() == ForEach.Mode.INLINE ? 40 : 10_000;
        problems.addUnless(
                forEach.concurrency() >= 0 && forEach.concurrency() <= most,
                place,
                "concurrency must be between 0 and " + most + ", but was " + forEach.concurrency() + ".");
        problems.addUnless(
                forEach.toleratedFailures() >= 0,
                place,
                "toleratedFailures must be at least 0, but was " + forEach.toleratedFailures() + ".");
        double part = forEach.toleratedFailurePercentage();
        problems.addUnless(
                part >= 0 && part <= 100,
                place,
                "toleratedFailurePercentage must be between 0 and 100, but was " + part + ".");
        problems.addUnless(
                !forEach.toleratesFailures() || forEach.mode() != ForEach.Mode.INLINE,
                place,
                "an inline forEach tolerates no failures. Use Mode.DISTRIBUTED.");
    }

    static String place(Element element) {
        return kind(element) + " `" + element.name() + "`";
    }

    private static String kind(Element element) {
        if (element instanceof ForEach) {
            return "forEach";
        }
        if (element instanceof SubWorkflow) {
            return "subWorkflow";
        }
        return element instanceof RawState
                ? "raw"
                : element.getClass().getSimpleName().toLowerCase(java.util.Locale.ROOT);
    }
}
