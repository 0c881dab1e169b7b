package io.crois.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crois.contract.BudgetTerms;
import io.crois.contract.StepTerms;
import io.crois.contract.SubmitTerms;
import io.crois.workflow.Backend;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The JSON of what an execution does otherwise than its workflow says: {@link SubmitTerms}. */
final class TermsText {

    private TermsText() {}

    static @Nullable SubmitTerms submit(@Nullable Members terms) {
        if (terms == null) {
            return null;
        }
        Map<String, StepTerms> steps = new LinkedHashMap<>();
        for (Map.Entry<String, Members> each : terms.objectsByName("steps").entrySet()) {
            steps.put(each.getKey(), step(each.getValue()));
        }
        return new SubmitTerms(
                terms.textOrNull("resumes"),
                terms.textOrNull("share"),
                terms.integerOrNull("priority"),
                steps,
                budget(terms.objectOrNull("budget")));
    }

    private static StepTerms step(Members terms) {
        return new StepTerms(
                terms.textOrNull("image"),
                terms.textOrNull("taskDefinition"),
                terms.textOrNull("jobDefinition"),
                terms.valueOrNull("command") == null ? null : terms.texts("command"),
                StatusText.machine(terms.objectOrNull("machine")),
                terms.constantOrNull("backend", Backend.class));
    }

    private static @Nullable BudgetTerms budget(@Nullable Members budget) {
        return budget == null
                ? null
                : new BudgetTerms(
                        budget.real("limit"),
                        budget.text("currency"),
                        budget.real("vcpuHour"),
                        budget.real("gibHour"),
                        budget.real("diskGibHour"),
                        budget.realsByName("instances"));
    }

    static ObjectNode tree(SubmitTerms terms) {
        return new Shape()
                .with("budget", terms.budget())
                .with("priority", terms.priority())
                .with("resumes", terms.resumes())
                .with("share", terms.share())
                .with("steps", terms.steps().isEmpty() ? null : terms.steps())
                .json();
    }

    static ObjectNode tree(StepTerms terms) {
        return new Shape()
                .with("backend", terms.backend())
                .with("command", terms.command())
                .with("image", terms.image())
                .with("jobDefinition", terms.jobDefinition())
                .with("machine", terms.machine())
                .with("taskDefinition", terms.taskDefinition())
                .json();
    }

    static ObjectNode tree(BudgetTerms budget) {
        return new Shape()
                .with("currency", budget.currency())
                .with("diskGibHour", budget.diskGibHour())
                .with("gibHour", budget.gibHour())
                .with("instances", budget.instances())
                .with("limit", budget.limit())
                .with("vcpuHour", budget.vcpuHour())
                .json();
    }
}
