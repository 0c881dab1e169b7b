package io.crois.workflow;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Checks what can be told of a step alone. */
final class StepCheck {
    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final Pattern FILE = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,254}");
    private static final Pattern SECRET = Pattern.compile("[A-Za-z0-9/_+=.@-]{1,400}");
    private static final long LONGEST_SECONDS = 99_999_999;

    private final Step step;
    private final String place;
    private final Problems problems;

    private StepCheck(Step step, Problems problems) {
        this.step = step;
        this.place = "step `" + step.name() + "`";
        this.problems = problems;
    }

    static void check(Step step, Problems problems) {
        StepCheck check = new StepCheck(step, problems);
        problems.addUnless(!step.image().isBlank(), check.place, "has no image. Set one with `image(reference)`.");
        check.checkVariables();
        check.checkResources();
        boolean onBatch = step.backend() == Backend.BATCH;
        check.checkBudget("queueBudget", step.queueBudget(), 60);
        check.checkBudget("runBudget", step.runBudget(), onBatch ? 60 : 1);
    }

    private void checkVariables() {
        Set<String> variables = new HashSet<>(step.environment().keySet());
        variables.forEach(this::checkVariable);
        Set<String> files = new HashSet<>();
        for (Secret secret : step.secrets()) {
            problems.addUnless(
                    SECRET.matcher(secret.secret()).matches(),
                    place,
                    "`" + secret.secret() + "` is no name of a secret. Use 1 to 400 letters, digits and `/_+=.@-`.");
            if (secret.kind() == Secret.Kind.VARIABLE) {
                checkVariable(secret.name());
                problems.addUnless(
                        variables.add(secret.name()),
                        place,
                        "the variable `" + secret.name() + "` is set twice. Rename one of them.");
            } else {
                checkSecretFile(secret.name(), files);
            }
        }
    }

    private void checkSecretFile(String file, Set<String> taken) {
        problems.addUnless(
                FILE.matcher(file).matches(),
                place,
                "`" + file + "` is no name of a secret's file. Use letters, digits, `.`, `_` and `-`, no `.` first.");
        problems.addUnless(taken.add(file), place, "the secret file `" + file + "` is set twice. Rename one of them.");
    }

    private void checkVariable(String variable) {
        if (!VARIABLE.matcher(variable).matches()) {
            problems.add(
                    place, "`" + variable + "` is no name of a variable. Use letters, digits and `_`, no digit first.");
        } else if (variable.startsWith("AWS_BATCH") || variable.startsWith("CROIS_")) {
            problems.add(place, "the variable `" + variable + "` is reserved. Use a name without that prefix.");
        }
    }

    private void checkBudget(String name, Duration budget, long shortest) {
        long seconds = budget.getSeconds();
        problems.addUnless(
                budget.getNano() == 0 && seconds >= shortest && seconds <= LONGEST_SECONDS,
                place,
                name + " must be whole seconds from " + shortest + " to " + LONGEST_SECONDS + ", but was " + budget
                        + ".");
    }

    private void checkResources() {
        Resources resources = step.resources();
        if (resources instanceof Resources.Fixed fixed) {
            checkMachine(fixed);
        } else if (resources instanceof Resources.Scaled scaled) {
            checkOrder(scaled.tiers());
            scaled.tiers().forEach(tier -> checkMachine(tier.machine()));
            checkMachine(scaled.otherwise());
            Artifact artifact = scaled.artifact();
            problems.addUnless(
                    artifact == null || step.consumes().contains(artifact),
                    place,
                    "its resources are scaled by an artifact that it does not consume. Add `consumes(artifact)`.");
        }
    }

    private void checkOrder(List<Resources.Tier> tiers) {
        for (int i = 1; i < tiers.size(); i++) {
            problems.addUnless(
                    tiers.get(i).upTo() > tiers.get(i - 1).upTo(),
                    place,
                    "tier " + (i + 1) + " of its resources is never taken, because its limit is not above that of the"
                            + " tier before. Put the limits in ascending order.");
        }
    }

    private void checkMachine(Resources.Fixed machine) {
        boolean fargate = step.backend() == Backend.FARGATE;
        if (fargate && machine.gpu() > 0) {
            problems.add(place, "Fargate has no GPU. Use Backend.BATCH or leave the GPU away.");
        } else if ((fargate || step.backend() == Backend.AUTO && !needsBatch(machine))
                && !FargateSizes.offers(machine)) {
            String next = FargateSizes.nextUp(machine);
            problems.add(
                    place,
                    FargateSizes.text(machine) + " is not a size Fargate offers. "
                            + (next.isEmpty()
                                    ? "Use Backend.BATCH."
                                    : "The next one up is " + next + "; or use Backend.BATCH."));
        }
        Size disk = machine.disk();
        problems.addUnless(
                !fargate || disk == null || disk.compareTo(Size.gib(21)) >= 0 && disk.compareTo(Size.gib(200)) <= 0,
                place,
                "a disk of " + disk + " is out of Fargate's range of 21 to 200 GiB. Change it or use Backend.BATCH.");
    }

    private static boolean needsBatch(Resources.Fixed machine) {
        Size disk = machine.disk();
        return machine.gpu() > 0
                || machine.cpu() > 32
                || machine.memory().compareTo(Size.gib(244)) > 0
                || disk != null && disk.compareTo(Size.gib(200)) > 0;
    }
}
