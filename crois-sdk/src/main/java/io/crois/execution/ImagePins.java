package io.crois.execution;

import com.fasterxml.jackson.databind.node.TextNode;
import io.crois.workflow.Body;
import io.crois.workflow.Choose;
import io.crois.workflow.CroisException;
import io.crois.workflow.Element;
import io.crois.workflow.ForEach;
import io.crois.workflow.Operand;
import io.crois.workflow.Parallel;
import io.crois.workflow.Step;
import io.crois.workflow.SubWorkflow;
import io.crois.workflow.Workflow;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Names the images of a workflow by their digests; each is looked up once. Not thread-safe. */
final class ImagePins {
    private final ImageInspector images;
    private final Map<String, Optional<ImageDetails>> known = new TreeMap<>();

    ImagePins(ImageInspector images) {
        this.images = images;
    }

    Workflow pin(Workflow workflow) {
        return new Workflow(workflow.name(), workflow.description(), workflow.parameters(), pin(workflow.body()));
    }

    private Body pin(Body body) {
        return new Body(
                body.elements().stream().map(this::pin).toList(), orNull(body.onFailure()), orNull(body.lastly()));
    }

    private @Nullable Body orNull(@Nullable Body body) {
        return body == null ? null : pin(body);
    }

    private Element pin(Element element) {
        if (element instanceof Step step) {
            return known.computeIfAbsent(step.image(), images::inspect)
                    .map(details -> pin(step, details))
                    .orElse(step);
        }
        if (element instanceof Parallel parallel) {
            return new Parallel(
                    parallel.name(),
                    parallel.branches().stream()
                            .map(branch -> new Parallel.Branch(branch.name(), pin(branch.body())))
                            .toList());
        }
        if (element instanceof ForEach loop) {
            return new ForEach(
                    loop.name(),
                    loop.items(),
                    pin(loop.body()),
                    loop.concurrency(),
                    loop.mode(),
                    loop.toleratedFailures(),
                    loop.toleratedFailurePercentage());
        }
        if (element instanceof Choose choose) {
            return new Choose(
                    choose.name(),
                    choose.cases().stream()
                            .map(one -> new Choose.Case(one.condition(), pin(one.body())))
                            .toList(),
                    orNull(choose.otherwise()));
        }
        return element instanceof SubWorkflow inner
                ? new SubWorkflow(inner.name(), pin(inner.workflow()), inner.bindings(), inner.returned())
                : element;
    }

    private static Step pin(Step step, ImageDetails details) {
        List<Operand> command = step.command();
        if (command.isEmpty()) {
            command = details.arguments().stream()
                    .<Operand>map(argument -> new Operand.Literal(TextNode.valueOf(argument)))
                    .toList();
            if (command.isEmpty()) {
                throw new CroisException("Step `" + step.name() + "` has no command, and its image `" + step.image()
                        + "` has neither ENTRYPOINT nor CMD. Give the step a command.");
            }
        }
        return new Step(
                step.name(),
                details.reference(),
                command,
                step.environment(),
                step.workingDirectory(),
                step.consumes(),
                step.produces(),
                step.reports(),
                step.secrets(),
                step.resources(),
                step.backend(),
                step.spot(),
                step.cached(),
                step.retry(),
                step.queueBudget(),
                step.runBudget());
    }
}
