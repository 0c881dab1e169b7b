package io.crois.runtime.lambda;

import io.crois.contract.RetryRule;
import io.crois.contract.StepDecision;
import io.crois.contract.StepDecision.Grant;
import io.crois.contract.StepDecision.Terms;
import io.crois.workflow.FailureClass;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a failed step is tried again, when, and on what terms.
 *
 * <p>The first of the author's rules that matches decides. A failure of the infrastructure is matched only by rules
 * that name its class; where none does, it is tried again up to 5 times, after 10 seconds, 20, 40, … at most 5 minutes.
 * Retries are counted since the execution was last redriven.
 */
final class RetryDecider {
    private static final RetryRule INFRASTRUCTURE = new RetryRule(List.of(), List.of(), 5, 10, 2, 300, 1, 0);
    private static final long LONGEST_WAIT = 99_999_999;
    private static final int NO_CODE = -1;

    private final List<RetryRule> rules;
    private final List<StepDecision> counted;
    private final Terms terms;

    /** Takes the step's rules and the earlier decisions about it, in the order of the attempts. */
    RetryDecider(List<RetryRule> rules, List<StepDecision> earlier) {
        this.rules = rules;
        int from = 0;
        for (int i = 0; i < earlier.size(); i++) {
            from = earlier.get(i).grant() == Grant.REDRIVE ? i + 1 : from;
        }
        this.counted = earlier.subList(from, earlier.size());
        this.terms = earlier.isEmpty()
                ? Terms.FIRST
                : earlier.get(earlier.size() - 1).next();
    }

    /**
     * What follows a failure.
     *
     * @param rule the rule that grants the attempt, {@code null} unless the author does
     */
    record Answer(Grant grant, @Nullable Integer rule, long waitSeconds, Terms next) {}

    Answer decide(Failed failed) {
        for (int i = 0; i < rules.size(); i++) {
            if (speaksOf(rules.get(i), failed)) {
                return byRule(i, failed);
            }
        }
        long used = counted.stream()
                .filter(decision -> decision.grant() == Grant.PLATFORM)
                .count();
        return failed.failureClass().infrastructure() && used < INFRASTRUCTURE.maxAttempts()
                ? new Answer(Grant.PLATFORM, null, delay(INFRASTRUCTURE, used), after(failed))
                : givenUp(failed);
    }

    private static boolean speaksOf(RetryRule rule, Failed failed) {
        Integer code = failed.exitCode();
        boolean named =
                !failed.failureClass().infrastructure() || !rule.classes().isEmpty();
        return named && rule.matches(failed.failureClass(), code == null ? NO_CODE : code);
    }

    private Answer byRule(int index, Failed failed) {
        RetryRule rule = rules.get(index);
        long used = counted.stream()
                .filter(decision -> Integer.valueOf(index).equals(decision.rule()))
                .count();
        if (used >= rule.maxAttempts()) {
            return givenUp(failed);
        }
        Terms next = after(failed);
        Terms grown = rule.memoryFactor() > 1 ? next.grown(rule.memoryFactor(), rule.maxMemoryMib()) : next;
        return new Answer(Grant.AUTHOR, index, delay(rule, used), grown);
    }

    private Answer givenUp(Failed failed) {
        return new Answer(Grant.NONE, null, 0, after(failed));
    }

    /** Spot capacity that was taken back or never came is not waited for again. */
    private Terms after(Failed failed) {
        boolean spotFailed = failed.failureClass() == FailureClass.SPOT_RECLAIMED
                || failed.failureClass() == FailureClass.NEVER_SCHEDULED;
        return spotFailed ? terms.withoutSpot() : terms;
    }

    private static long delay(RetryRule rule, long used) {
        double delay = rule.intervalSeconds() * Math.pow(rule.backoffRate(), used);
        return Math.round(Math.min(delay, Math.min(rule.maxDelaySeconds(), LONGEST_WAIT)));
    }
}
