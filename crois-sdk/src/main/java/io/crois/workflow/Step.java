package io.crois.workflow;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One container that runs a command.
 *
 * @param image the container image
 * @param command the arguments; empty runs the image's own command
 * @param environment in the order written
 * @param workingDirectory where the command starts, or {@code null} for the image's own
 * @param spot whether Spot capacity may be used
 * @param cached whether the outputs of an equal earlier attempt may be reused
 * @param queueBudget how long an attempt may wait for its machine
 * @param runBudget how long an attempt may run
 */
public record Step(
        String name,
        String image,
        List<Operand> command,
        Map<String, Operand> environment,
        @Nullable String workingDirectory,
        List<Artifact> consumes,
        List<Artifact> produces,
        List<Result<?>> reports,
        List<Secret> secrets,
        Resources resources,
        Backend backend,
        boolean spot,
        boolean cached,
        List<Retry> retry,
        Duration queueBudget,
        Duration runBudget)
        implements Element {

    public Step {
        command = List.copyOf(command);
        environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
        consumes = List.copyOf(consumes);
        produces = List.copyOf(produces);
        reports = List.copyOf(reports);
        secrets = List.copyOf(secrets);
        retry = List.copyOf(retry);
    }

    /** Builds a step. Not thread-safe. */
    public static final class Builder {
        private final String name;
        private String image = "";
        private List<Operand> command = List.of();
        private final Map<String, Operand> environment = new LinkedHashMap<>();
        private @Nullable String workingDirectory;
        private final List<Artifact> consumes = new ArrayList<>();
        private final List<Artifact> produces = new ArrayList<>();
        private final List<Result<?>> reports = new ArrayList<>();
        private final List<Secret> secrets = new ArrayList<>();
        private Resources resources = Resources.cpu(1);
        private Backend backend = Backend.AUTO;
        private boolean spot;
        private boolean cached;
        private List<Retry> retry = List.of();
        private Duration queueBudget = Duration.ofHours(1);
        private Duration runBudget = Duration.ofHours(24);

        Builder(String name) {
            this.name = name;
        }

        /** Takes over all that a module defines. */
        public Builder module(Module module) {
            module.definition().accept(this);
            return this;
        }

        /** Sets the container image; required. */
        public Builder image(String reference) {
            image = reference;
            return this;
        }

        /** Sets the command; each argument is a literal or a reference. Default: the image's own command. Replaces. */
        public Builder command(Object... arguments) {
            command = Arrays.stream(arguments).map(Operand::of).toList();
            return this;
        }

        /** Sets an environment variable. Replaces one of the same name. */
        public Builder environment(String variable, Object value) {
            environment.put(variable, Operand.of(value));
            return this;
        }

        /** Sets where the command starts; default the image's own working directory. */
        public Builder workingDirectory(String path) {
            workingDirectory = path;
            return this;
        }

        /** Appends artifacts that the step reads below {@code $CROIS_INPUTS}. */
        public Builder consumes(Artifact... artifacts) {
            consumes.addAll(List.of(artifacts));
            return this;
        }

        /** Appends artifacts that the step writes below {@code $CROIS_OUTPUTS}. */
        public Builder produces(Artifact... artifacts) {
            produces.addAll(List.of(artifacts));
            return this;
        }

        /** Appends results that the step writes into {@code $CROIS_RESULTS}. */
        public Builder reports(Result<?>... results) {
            reports.addAll(List.of(results));
            return this;
        }

        /** Appends a secret that the command finds in an environment variable. */
        public Builder secret(String variable, String secretId) {
            secrets.add(new Secret(Secret.Kind.VARIABLE, variable, secretId));
            return this;
        }

        /** Appends a secret that the command finds in a file below {@code $CROIS_SECRETS}. */
        public Builder secretFile(String file, String secretId) {
            secrets.add(new Secret(Secret.Kind.FILE, file, secretId));
            return this;
        }

        /** Sets the size of the machine; default 1 vCPU with 2 GiB. */
        public Builder resources(Resources size) {
            resources = size;
            return this;
        }

        /** Sets where the container runs; default {@link Backend#AUTO}. */
        public Builder backend(Backend where) {
            backend = where;
            return this;
        }

        /** Sets whether Spot capacity may be used; default no. */
        public Builder spot(boolean allowed) {
            spot = allowed;
            return this;
        }

        /** Lets outputs of an equal earlier attempt be reused; default no. */
        public Builder cached() {
            cached = true;
            return this;
        }

        /** Sets when a failed attempt is repeated; the first rule that matches decides. Replaces. */
        public Builder retry(Retry... rules) {
            retry = List.of(rules);
            return this;
        }

        /** Sets how long an attempt may wait for its machine, whole seconds from 60; default 1 hour. */
        public Builder queueBudget(Duration budget) {
            queueBudget = budget;
            return this;
        }

        /** Sets how long an attempt may run, whole seconds from 1 (from 60 on AWS Batch); default 24 hours. */
        public Builder runBudget(Duration budget) {
            runBudget = budget;
            return this;
        }

        /** Sets the same as {@link #runBudget}. */
        public Builder timeout(Duration budget) {
            return runBudget(budget);
        }

        Step build() {
            return new Step(
                    name,
                    image,
                    command,
                    environment,
                    workingDirectory,
                    consumes,
                    produces,
                    reports,
                    secrets,
                    resources,
                    backend,
                    spot,
                    cached,
                    retry,
                    queueBudget,
                    runBudget);
        }
    }
}
