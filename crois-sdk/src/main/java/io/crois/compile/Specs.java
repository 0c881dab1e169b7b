package io.crois.compile;

import io.crois.contract.ArtifactProduct;
import io.crois.contract.ForEachSpec;
import io.crois.contract.ResourceRule;
import io.crois.contract.ResultProduct;
import io.crois.contract.RetryRule;
import io.crois.contract.SecretUse;
import io.crois.contract.StepSpec;
import io.crois.contract.Value;
import io.crois.workflow.ForEach;
import io.crois.workflow.Operand;
import io.crois.workflow.Parameter;
import io.crois.workflow.Resources;
import io.crois.workflow.Retry;
import io.crois.workflow.Secret;
import io.crois.workflow.Size;
import io.crois.workflow.Step;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes the specs that the functions read, and keeps them in the author's order. */
final class Specs {
    private final Operands operands;
    private final Layout layout;
    private final List<StepSpec> steps = new ArrayList<>();
    private final List<ForEachSpec> forEachs = new ArrayList<>();

    Specs(Layout layout) {
        this.operands = new Operands(layout);
        this.layout = layout;
    }

    Operands operands() {
        return operands;
    }

    List<StepSpec> steps() {
        return Collections.unmodifiableList(steps);
    }

    List<ForEachSpec> forEachs() {
        return Collections.unmodifiableList(forEachs);
    }

    ForEachSpec add(ForEach forEach, List<String> loops) {
        ForEachSpec spec = new ForEachSpec(
                forEach.name(), loops, operands.value(forEach.items(), loops), MapStates.large(forEach));
        forEachs.add(spec);
        return spec;
    }

    StepSpec add(Step step, List<String> loops) {
        boolean outermost = layout.frame(loops).isOutermost();
        List<String> offered = offered(step, loops);
        ResourceRule resources = Machines.rule(step.resources(), operands, loops);
        StepSpec spec = new StepSpec(
                step.name(),
                loops,
                step.image(),
                step.command().stream().map(part -> operands.value(part, loops)).toList(),
                environment(step, loops),
                step.workingDirectory(),
                step.consumes().stream().map(use -> operands.use(use, loops)).toList(),
                step.produces().stream()
                        .map(artifact -> new ArtifactProduct(artifact.name(), artifact.kind(), false))
                        .toList(),
                step.reports().stream()
                        .map(result -> new ResultProduct(result.name(), result.type()))
                        .toList(),
                step.secrets().stream().map(Specs::secret).toList(),
                outermost ? offered : List.of(),
                resources,
                Machines.backend(step, resources),
                step.spot(),
                step.cached(),
                step.retry().stream().map(Specs::retry).toList(),
                step.queueBudget().toSeconds(),
                step.runBudget().toSeconds(),
                outermost ? Map.of() : bound(offered, loops),
                operands.returns(step, loops));
        steps.add(spec);
        return spec;
    }

    private Map<String, Value> environment(Step step, List<String> loops) {
        Map<String, Value> values = new LinkedHashMap<>();
        step.environment().forEach((name, operand) -> values.put(name, operands.value(operand, loops)));
        return values;
    }

    private Map<String, Value> bound(List<String> offered, List<String> loops) {
        Map<String, Value> bound = new LinkedHashMap<>();
        layout.frame(loops).workflow().parameters().stream()
                .filter(parameter -> offered.contains(parameter.name()))
                .forEach(parameter -> bound.put(parameter.name(), operands.value(parameter, loops)));
        return bound;
    }

    /**
     * Every step is offered every parameter, but only where the author refers to it a sealed one and the list of which
     * the step works on one item: it would be copied for each of them.
     */
    private List<String> offered(Step step, List<String> loops) {
        Set<String> used = new HashSet<>();
        step.command().forEach(operand -> note(operand, used));
        step.environment().values().forEach(operand -> note(operand, used));
        if (step.resources() instanceof Resources.Scaled scaled && scaled.parameter() != null) {
            used.add(scaled.parameter().name());
        }
        return layout.frame(loops).workflow().parameters().stream()
                .filter(parameter ->
                        used.contains(parameter.name()) || !parameter.isSealed() && !isListAround(parameter, loops))
                .map(Parameter::name)
                .toList();
    }

    private boolean isListAround(Parameter<?> parameter, List<String> loops) {
        Value value = operands.value(parameter, loops);
        return forEachs.stream()
                .filter(forEach -> isAround(forEach, loops))
                .anyMatch(forEach -> forEach.items().equals(value));
    }

    private static boolean isAround(ForEachSpec forEach, List<String> loops) {
        int depth = forEach.loops().size();
        return depth < loops.size()
                && forEach.loops().equals(loops.subList(0, depth))
                && forEach.name().equals(loops.get(depth));
    }

    private static void note(Operand operand, Set<String> used) {
        Operands.eachParameter(operand, parameter -> used.add(parameter.name()));
    }

    private static SecretUse secret(Secret secret) {
        return secret.kind() == Secret.Kind.VARIABLE
                ? new SecretUse(secret.name(), null, secret.secret())
                : new SecretUse(null, secret.name(), secret.secret());
    }

    private static RetryRule retry(Retry retry) {
        Size limit = retry.memoryLimit();
        return new RetryRule(
                retry.classes(),
                retry.exitCodes(),
                retry.maxAttempts(),
                retry.interval().toSeconds(),
                retry.backoff(),
                retry.maxDelay().toSeconds(),
                retry.memoryFactor(),
                limit == null ? 0 : limit.toMib());
    }
}
