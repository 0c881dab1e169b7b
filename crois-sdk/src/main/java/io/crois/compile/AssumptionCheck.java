package io.crois.compile;

import io.crois.contract.ForEachSpec;
import io.crois.contract.ResultProduct;
import io.crois.contract.StepSpec;
import io.crois.workflow.Workflow;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Finds what assumptions say of things that a workflow does not have. */
final class AssumptionCheck {
    private final List<String> problems = new ArrayList<>();

    static void check(Assumptions assumptions, Workflow workflow, Notes notes) {
        AssumptionCheck check = new AssumptionCheck();
        Assumptions.Names names = assumptions.names();
        check.known("forEach", names.forEachs(), loops(notes));
        check.known("step", names.steps(), steps(notes));
        check.known("result", names.results(), results(notes));
        check.cases(names, notes);
        if (!check.problems.isEmpty()) {
            throw new IllegalArgumentException("The assumptions about workflow `" + workflow.name() + "` have "
                    + (check.problems.size() == 1 ? "1 problem" : check.problems.size() + " problems") + ".\n  "
                    + String.join("\n  ", check.problems));
        }
    }

    private void known(String kind, Collection<String> told, Set<String> there) {
        told.stream()
                .filter(path -> !there.contains(name(path)))
                .forEach(path -> problems.add(
                        kind + " `" + path + "`: the workflow has none of that name, only " + there + "."));
    }

    private void cases(Assumptions.Names names, Notes notes) {
        Set<String> there = new TreeSet<>();
        notes.choices().forEach(choice -> there.add(choice.name()));
        known("choose", names.chooses().keySet(), there);
        for (Notes.Choice choice : notes.choices()) {
            int most = choice.conditions().size();
            names.chooses().forEach((path, number) -> {
                if (name(path).equals(choice.name()) && (number < 0 || number > most)) {
                    problems.add("choose `" + path + "`: there is no case " + number + ", only 1 to " + most + ".");
                }
            });
        }
    }

    private static Set<String> loops(Notes notes) {
        Set<String> there = new TreeSet<>();
        for (ForEachSpec loop : notes.loops()) {
            there.add(loop.name());
        }
        return there;
    }

    private static Set<String> steps(Notes notes) {
        Set<String> there = new TreeSet<>();
        notes.steps().stream().map(StepSpec::step).forEach(there::add);
        return there;
    }

    private static Set<String> results(Notes notes) {
        Set<String> there = new TreeSet<>();
        for (StepSpec step : notes.steps()) {
            step.reports().stream().map(ResultProduct::result).forEach(there::add);
            step.returns().stream().map(returned -> returned.as()).forEach(there::add);
        }
        return there;
    }

    private static String name(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
