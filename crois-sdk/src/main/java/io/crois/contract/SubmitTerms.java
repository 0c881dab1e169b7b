package io.crois.contract;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one execution does otherwise than its workflow says; a member of an {@code EXECUTION} item.
 *
 * @param resumes the execution of the same project whose finished steps are reused where their fingerprints are equal,
 *     or {@code null}
 * @param share the share identifier of jobs in Batch queues with a scheduling policy, or {@code null}
 * @param priority the scheduling priority within the share, 0 to 9999, or {@code null}
 * @param steps the name of a step → what it does otherwise
 * @param budget what it may cost, or {@code null}; in JSON only when there is one
 */
public record SubmitTerms(
        @Nullable String resumes,
        @Nullable String share,
        @Nullable Integer priority,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, StepTerms> steps,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable BudgetTerms budget) {

    public SubmitTerms {
        steps = steps == null ? Map.of() : Map.copyOf(steps);
    }

    /** Returns terms that change nothing. */
    public static SubmitTerms none() {
        return new SubmitTerms(null, null, null, Map.of(), null);
    }

    /** Returns the same terms for an execution that resumes another one. */
    public SubmitTerms resuming(String execution) {
        return new SubmitTerms(execution, share, priority, steps, budget);
    }

    /** Returns whether nothing is changed. */
    @JsonIgnore
    public boolean isNone() {
        return equals(none());
    }
}
