package io.crois.project;

import io.crois.workflow.CroisException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Makes changes until nothing is left to change: looks, changes, and looks again. So it does not matter where an
 * earlier run died, what another provisioner does at the same time, or that AWS shows a change only seconds later.
 */
final class Settlement {
    private static final int ROUNDS = 8;
    private static final Duration SECOND_LOOK = Duration.ofSeconds(1);

    private final Parallel parallel;
    private final Calls calls;

    Settlement(Parallel parallel, Calls calls) {
        this.parallel = parallel;
        this.calls = calls;
    }

    /**
     * Settles.
     *
     * @param look returns what is left to change
     * @return everything that was changed, in order, each once
     */
    List<PlannedChange> settle(String subject, Supplier<List<Step>> look) {
        Set<PlannedChange> made = new LinkedHashSet<>();
        List<Step> steps = List.of();
        for (int round = 0; round < ROUNDS; round++) {
            steps = look.get();
            if (steps.isEmpty()) {
                return List.copyOf(made);
            }
            if (round > 1) {
                calls.pause(SECOND_LOOK.multipliedBy(1L << round));
            }
            make(steps);
            made.addAll(Step.changes(steps));
        }
        throw new CroisException("The " + subject + " did not settle: after " + ROUNDS
                + " rounds this is still left.\n  "
                + String.join(
                        "\n  ",
                        steps.stream().map(step -> step.change().toString()).toList())
                + "\nIs another program changing it at the same time? Stop it, and do the same again.");
    }

    /** Makes the steps of a stage at once, and the stages one after the other. */
    private void make(List<Step> steps) {
        for (Step.Stage stage : Step.Stage.values()) {
            List<Supplier<Boolean>> work = new ArrayList<>();
            for (Step step : steps) {
                if (step.stage() == stage) {
                    work.add(() -> {
                        step.work().run();
                        return true;
                    });
                }
            }
            parallel.all(work);
        }
    }
}
