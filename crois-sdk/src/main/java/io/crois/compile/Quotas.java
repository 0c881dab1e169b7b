package io.crois.compile;

import io.crois.compile.QuotaProblem.Severity;
import io.crois.contract.ForEachSpec;
import io.crois.workflow.Body;
import io.crois.workflow.Choose;
import io.crois.workflow.Element;
import io.crois.workflow.ForEach;
import io.crois.workflow.Parallel;
import io.crois.workflow.Step;
import io.crois.workflow.SubWorkflow;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Compares a compiled workflow with what AWS allows. */
final class Quotas {
    static final int DEFINITION_CHARACTERS = 1_048_576;
    private static final long HISTORY_EVENTS = 25_000;
    private static final long LONGEST_TIMEOUT = 99_999_999;

    private final List<QuotaProblem> problems = new ArrayList<>();

    static List<QuotaProblem> check(CompiledWorkflow compiled) {
        Quotas quotas = new Quotas();
        quotas.definition(compiled);
        quotas.history(compiled);
        quotas.problems.addAll(compiled.problemsOfStates());
        quotas.body(compiled.workflow().body());
        return List.copyOf(quotas.problems);
    }

    private void definition(CompiledWorkflow compiled) {
        int length = compiled.toJson().length();
        if (length > DEFINITION_CHARACTERS) {
            error(
                    "workflow `" + compiled.workflow().name() + "`",
                    "The definition has %,d characters, but AWS takes %,d. Its largest part is `%s`. Split the workflow in "
                            + "two.",
                    length,
                    DEFINITION_CHARACTERS,
                    compiled.largestElement());
        }
    }

    private void history(CompiledWorkflow compiled) {
        Range events = compiled.forecast().historyEvents();
        String place = "`"
                + compiled.elementAt(HISTORY_EVENTS - 2)
                        .orElse(compiled.workflow().name()) + "`";
        String repair = "Put the part before it into a forEach with mode DISTRIBUTED, or split the workflow in two.";
        if (events.least() > HISTORY_EVENTS) {
            error(
                    place,
                    "Here the history passes the 25,000 events that AWS keeps: an execution has at least %,d. "
                            + repair,
                    events.least());
        } else if (events.most() > HISTORY_EVENTS) {
            warn(place, "Here the history may pass the 25,000 events that AWS keeps. " + repair);
        }
    }

    private void body(@Nullable Body body) {
        if (body == null) {
            return;
        }
        body.elements().forEach(this::element);
        body(body.onFailure());
        body(body.lastly());
    }

    private void element(Element element) {
        if (element instanceof Step step) {
            timeout(step);
        } else if (element instanceof ForEach forEach) {
            forEach(forEach);
            body(forEach.body());
        } else if (element instanceof SubWorkflow sub) {
            body(sub.workflow().body());
        } else if (element instanceof Parallel parallel) {
            parallel.branches().forEach(branch -> body(branch.body()));
        } else if (element instanceof Choose choose) {
            choose.cases().forEach(option -> body(option.body()));
            body(choose.otherwise());
        }
    }

    private void timeout(Step step) {
        long seconds = step.queueBudget().toSeconds() + step.runBudget().toSeconds() + StepFrame.MARGIN;
        if (seconds > LONGEST_TIMEOUT) {
            error(
                    "step `" + step.name() + "`",
                    "Its queue budget and run budget make a timeout of %,d seconds with a margin of %,d, but AWS allows "
                            + "%,d. Lower one of them.",
                    seconds,
                    StepFrame.MARGIN,
                    LONGEST_TIMEOUT);
        }
    }

    private void forEach(ForEach forEach) {
        String place = "forEach `" + forEach.name() + "`";
        if (!MapStates.large(forEach) && MapStates.count(forEach).orElse(0) > ForEachSpec.MOST_ITEMS) {
            error(
                    place,
                    "It has %,d items, but the list of their indexes fits the 256 KiB of a state for %,d at most. Use "
                            + "mode LARGE, or group the items.",
                    MapStates.count(forEach).orElse(0),
                    ForEachSpec.MOST_ITEMS);
        }
    }

    private void error(String place, String message, Object... arguments) {
        problems.add(new QuotaProblem(Severity.ERROR, place, String.format(Locale.ROOT, message, arguments)));
    }

    private void warn(String place, String message) {
        problems.add(new QuotaProblem(Severity.WARNING, place, message));
    }
}
