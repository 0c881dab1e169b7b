package io.crois.execution;

import io.crois.compile.Assumptions;
import io.crois.compile.CompiledWorkflow;
import io.crois.compile.Cost;
import io.crois.compile.Forecast;
import io.crois.contract.Machine;
import io.crois.contract.StepSpec;
import io.crois.contract.StepTerms;
import io.crois.contract.SubmitTerms;
import io.crois.execution.SubmitOptions.StepChange;
import io.crois.workflow.Arguments;
import io.crois.workflow.Backend;
import io.crois.workflow.CroisException;
import io.crois.workflow.Resources;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Holds the options of a submission against the compiled workflow and makes terms of them. */
final class SubmitCheck {
    private static final Pattern SHARE = Pattern.compile("[A-Za-z0-9]{1,255}");
    private static final int HIGHEST_PRIORITY = 9_999;
    private static final double GIB = 1024.0 * 1024 * 1024;

    private final CompiledWorkflow compiled;
    private final List<String> problems = new ArrayList<>();

    SubmitCheck(CompiledWorkflow compiled) {
        this.compiled = compiled;
    }

    /**
     * Checks everything before AWS is called.
     *
     * @throws CroisException with every problem at once
     */
    void check(SubmitOptions options) {
        problems(options);
        if (!problems.isEmpty()) {
            throw new CroisException("The options of this submission of workflow `"
                    + compiled.workflow().name() + "` are wrong. Nothing was started.\n  "
                    + String.join("\n  ", problems));
        }
    }

    /** Returns every problem of options without their budget. */
    List<String> problems(SubmitOptions options) {
        String share = options.share();
        if (share != null && !SHARE.matcher(share).matches()) {
            problems.add("the share is `" + share + "`, but must be 1 to 255 letters and digits.");
        }
        Integer priority = options.priority();
        if (priority != null && (priority < 0 || priority > HIGHEST_PRIORITY)) {
            problems.add("the priority is " + priority + ", but must be 0 to " + HIGHEST_PRIORITY + ".");
        }
        options.steps().forEach(this::check);
        return problems;
    }

    /**
     * Refuses what cannot stay within its budget.
     *
     * @throws CroisException if even the least that it can cost is above the limit, or if the cost cannot be forecast
     */
    void afford(SubmitOptions options, Arguments arguments, boolean resumes) {
        Budget budget = options.budget();
        if (budget == null) {
            return;
        }
        Assumptions assumptions = Assumptions.of(arguments);
        Forecast forecast = compiled.forecast(resumes ? assumptions.resuming() : assumptions);
        Cost cost;
        try {
            cost = forecast.cost(budget.prices(), budget.durations());
        } catch (IllegalArgumentException e) {
            throw new CroisException("The budget of this submission of workflow `"
                    + compiled.workflow().name() + "` cannot be checked. Nothing was started. " + e.getMessage());
        }
        if (cost.total().least() > budget.limit()) {
            throw new CroisException("Workflow `" + compiled.workflow().name() + "` with these arguments costs " + cost
                    + String.format(Locale.ROOT, ", but its budget is %.4f ", budget.limit()) + cost.currency()
                    + ". Nothing was started. The largest part is `" + cost.largest() + "` with "
                    + cost.lines().get(cost.largest()) + ". Raise the budget, or let it do less.");
        }
    }

    private void check(String name, StepChange change) {
        List<StepSpec> specs = compiled.steps().stream()
                .filter(spec -> spec.step().equals(name))
                .toList();
        if (specs.isEmpty()) {
            String steps = compiled.steps().stream()
                    .map(spec -> "`" + spec.step() + "`")
                    .collect(Collectors.joining(", "));
            problems.add("step `" + name + "`: the workflow has no such step. Its steps are " + steps + ".");
        }
        if (change.image().filter(String::isBlank).isPresent()) {
            problems.add("step `" + name + "`: the image is empty. Name one, with its tag or digest.");
        }
        specs.forEach(spec -> checkPlace(spec, change));
    }

    private void checkPlace(StepSpec spec, StepChange change) {
        Backend wanted = change.backend();
        if (wanted != null && spec.backend() != Backend.AUTO && spec.backend() != wanted) {
            problems.add("step `" + spec.step() + "`: the back end " + wanted + " is not possible, since the step was"
                    + " compiled for " + spec.backend() + " alone. Change the workflow, or leave it to a rule.");
        }
        Machine machine = machine(change.resources());
        Backend backend = wanted == null ? spec.backend() : wanted;
        if (machine != null && backend == Backend.FARGATE && !machine.fitsFargate()) {
            problems.add("step `" + spec.step() + "`: " + machine.cpu() + " vCPU with " + machine.memoryMib()
                    + " MiB, " + machine.gpu() + " GPU is more than Fargate offers, and the step runs there alone."
                    + " Take less than 32 vCPU, 244 GiB and no GPU.");
        }
    }

    /** Returns the terms of checked options; registers images that are not registered yet. */
    SubmitTerms terms(SubmitOptions options, ContainerDefinitions definitions) {
        Map<String, StepTerms> steps = new LinkedHashMap<>();
        options.steps().forEach((name, change) -> steps.put(name, terms(name, change, definitions)));
        Budget budget = options.budget();
        return new SubmitTerms(
                null, options.share(), options.priority(), steps, budget == null ? null : budget.terms());
    }

    private StepTerms terms(String name, StepChange change, ContainerDefinitions definitions) {
        List<Backend> backends = compiled.steps().stream()
                .filter(spec -> spec.step().equals(name))
                .map(StepSpec::backend)
                .toList();
        boolean fargate = backends.stream().anyMatch(backend -> backend != Backend.BATCH);
        boolean batch = backends.stream().anyMatch(backend -> backend != Backend.FARGATE);
        String image = change.image().orElse(null);
        return new StepTerms(
                image,
                image != null && fargate ? definitions.taskDefinition(image) : null,
                image != null && batch ? definitions.jobDefinition(image) : null,
                change.command(),
                machine(change.resources()),
                change.backend());
    }

    private static @Nullable Machine machine(Resources.@Nullable Fixed fixed) {
        if (fixed == null) {
            return null;
        }
        int disk = fixed.disk() == null ? 0 : (int) Math.ceil(fixed.disk().bytes() / GIB);
        return new Machine(fixed.cpu(), fixed.memory().toMib(), fixed.gpu(), disk);
    }
}
