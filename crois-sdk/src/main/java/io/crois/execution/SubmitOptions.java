package io.crois.execution;

import io.crois.workflow.Backend;
import io.crois.workflow.Resources;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What one execution does otherwise than its workflow says. Immutable.
 *
 * <pre>{@code
 * crois.submit(training, arguments, SubmitOptions.none()
 *         .named("nightly-2026-01-31")
 *         .step("train", s -> s.image("crafto/train:4").resources(Resources.cpu(8).memory(gib(60)))));
 * }</pre>
 */
public final class SubmitOptions {
    private final @Nullable String name;
    private final @Nullable String share;
    private final @Nullable Integer priority;
    private final Map<String, StepChange> steps;
    private final @Nullable Budget budget;

    private SubmitOptions(
            @Nullable String name,
            @Nullable String share,
            @Nullable Integer priority,
            Map<String, StepChange> steps,
            @Nullable Budget budget) {
        this.name = name;
        this.share = share;
        this.priority = priority;
        this.steps = steps;
        this.budget = budget;
    }

    /** Returns options that change nothing. */
    public static SubmitOptions none() {
        return new SubmitOptions(null, null, null, Map.of(), null);
    }

    /**
     * Sets the execution's name, which makes the submission idempotent: submitting again under the same name with the
     * same workflow, arguments and options is the same execution. Default: a name of its own for every submission.
     *
     * @param execution a letter and up to 63 letters, digits, {@code _} or {@code -}
     */
    public SubmitOptions named(String execution) {
        return new SubmitOptions(execution, share, priority, steps, budget);
    }

    /**
     * Sets the share identifier of the execution's Batch jobs; AWS Batch requires one if and only if the job queue has
     * a scheduling policy.
     *
     * @param identifier up to 255 letters and digits
     */
    public SubmitOptions share(String identifier) {
        return new SubmitOptions(name, identifier, priority, steps, budget);
    }

    /**
     * Sets the scheduling priority of the execution's Batch jobs within their share; becomes
     * {@code SchedulingPriorityOverride}.
     *
     * @param jobs 0 to 9999; higher ones go first
     */
    public SubmitOptions priority(int jobs) {
        return new SubmitOptions(name, share, jobs, steps, budget);
    }

    /** Sets what the execution may cost; default no limit. */
    public SubmitOptions budget(Budget limit) {
        return new SubmitOptions(name, share, priority, steps, limit);
    }

    /** Changes a step, wherever it stands in the workflow. Replaces what was said of it before. */
    public SubmitOptions step(String step, UnaryOperator<StepChange> change) {
        Map<String, StepChange> longer = new LinkedHashMap<>(steps);
        longer.put(step, change.apply(StepChange.NONE));
        return new SubmitOptions(name, share, priority, Map.copyOf(longer), budget);
    }

    Optional<String> name() {
        return Optional.ofNullable(name);
    }

    @Nullable
    String share() {
        return share;
    }

    @Nullable
    Integer priority() {
        return priority;
    }

    Map<String, StepChange> steps() {
        return steps;
    }

    @Nullable
    Budget budget() {
        return budget;
    }

    /** What a step does otherwise. Immutable. */
    public static final class StepChange {
        private static final StepChange NONE = new StepChange(null, null, null, null);

        private final @Nullable String image;
        private final @Nullable List<String> command;
        private final Resources.@Nullable Fixed resources;
        private final @Nullable Backend backend;

        private StepChange(
                @Nullable String image,
                @Nullable List<String> command,
                Resources.@Nullable Fixed resources,
                @Nullable Backend backend) {
            this.image = image;
            this.command = command;
            this.resources = resources;
            this.backend = backend;
        }

        /** Sets the image, with its tag or digest; it is registered if need be. */
        public StepChange image(String reference) {
            return new StepChange(reference, command, resources, backend);
        }

        /** Sets the whole argument vector. */
        public StepChange command(String... arguments) {
            return new StepChange(image, List.of(arguments), resources, backend);
        }

        /** Sets the machine, instead of the step's own or its rule. */
        public StepChange resources(Resources.Fixed machine) {
            return new StepChange(image, command, machine, backend);
        }

        /** Sets the back end; only one for which the step was compiled. */
        public StepChange backend(Backend one) {
            return new StepChange(image, command, resources, one);
        }

        Optional<String> image() {
            return Optional.ofNullable(image);
        }

        @Nullable
        List<String> command() {
            return command;
        }

        Resources.@Nullable Fixed resources() {
            return resources;
        }

        @Nullable
        Backend backend() {
            return backend;
        }
    }
}
