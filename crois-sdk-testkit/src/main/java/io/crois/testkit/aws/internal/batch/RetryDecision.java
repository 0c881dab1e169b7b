package io.crois.testkit.aws.internal.batch;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.batch.model.EvaluateOnExit;
import software.amazon.awssdk.services.batch.model.RetryAction;
import software.amazon.awssdk.services.batch.model.RetryStrategy;

/** Decides whether a failed attempt is followed by another. */
final class RetryDecision {

    private RetryDecision() {}

    /** The first rule all of whose conditions match decides; without one the job is retried. */
    static boolean isRetried(
            @Nullable RetryStrategy strategy,
            int attempts,
            @Nullable String statusReason,
            @Nullable String reason,
            @Nullable Integer exitCode) {
        int allowed = strategy == null || strategy.attempts() == null ? 1 : strategy.attempts();
        if (strategy == null || attempts >= allowed) {
            return false;
        }
        return strategy.evaluateOnExit().stream()
                .filter(rule -> matches(rule, statusReason, reason, exitCode))
                .findFirst()
                .map(rule -> rule.action() == RetryAction.RETRY)
                .orElse(true);
    }

    private static boolean matches(
            EvaluateOnExit rule, @Nullable String statusReason, @Nullable String reason, @Nullable Integer exitCode) {
        return matches(rule.onStatusReason(), statusReason)
                && matches(rule.onReason(), reason)
                && matches(rule.onExitCode(), exitCode == null ? null : exitCode.toString());
    }

    private static boolean matches(@Nullable String glob, @Nullable String text) {
        if (glob == null) {
            return true;
        }
        String found = text == null ? "" : text.toLowerCase(Locale.ROOT);
        String wanted = glob.toLowerCase(Locale.ROOT);
        return wanted.endsWith("*") ? found.startsWith(wanted.substring(0, wanted.length() - 1)) : found.equals(wanted);
    }
}
