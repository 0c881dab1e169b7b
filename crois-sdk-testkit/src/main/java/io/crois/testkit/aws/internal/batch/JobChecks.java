package io.crois.testkit.aws.internal.batch;

import io.crois.testkit.aws.internal.integration.SdkJson;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.batch.model.EvaluateOnExit;
import software.amazon.awssdk.services.batch.model.JobTimeout;
import software.amazon.awssdk.services.batch.model.KeyValuePair;
import software.amazon.awssdk.services.batch.model.RetryStrategy;
import software.amazon.awssdk.services.batch.model.SubmitJobRequest;

/** Checks requests as the service does. */
final class JobChecks {

    private static final Pattern JOB_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,127}");
    private static final int MAX_PAYLOAD = 30 * 1024;
    private static final int MAX_ATTEMPTS = 10;
    private static final int MAX_RULES = 5;
    private static final int MAX_GLOB = 512;
    private static final int MIN_TIMEOUT_SECONDS = 60;
    private static final SdkJson JSON = SdkJson.ofEvents();

    private JobChecks() {}

    static void check(SubmitJobRequest request) {
        BatchRefusal.unlessValid(
                JOB_NAME.matcher(String.valueOf(request.jobName())).matches(),
                "Job name should match valid pattern: " + JOB_NAME.pattern());
        int bytes = JSON.write(request).toString().getBytes(StandardCharsets.UTF_8).length;
        BatchRefusal.unlessValid(bytes <= MAX_PAYLOAD, "SubmitJob payload exceeds the limit of 30 KiB.");
        BatchRefusal.unlessInMemory(request.arrayProperties() == null, "Array jobs");
        BatchRefusal.unlessInMemory(request.dependsOn().isEmpty(), "Dependencies of jobs");
        BatchRefusal.unlessInMemory(
                request.nodeOverrides() == null
                        && request.ecsPropertiesOverride() == null
                        && request.eksPropertiesOverride() == null,
                "Jobs of several containers or on Kubernetes");
        if (request.containerOverrides() != null) {
            checkEnvironment(request.containerOverrides().environment());
        }
        checkRetry(request.retryStrategy());
        checkTimeout(request.timeout());
    }

    static void checkEnvironment(List<KeyValuePair> environment) {
        for (KeyValuePair variable : environment) {
            BatchRefusal.unlessValid(
                    !String.valueOf(variable.name()).startsWith("AWS_BATCH"),
                    "Environment variable name must not start with AWS_BATCH: " + variable.name() + ".");
        }
    }

    static void checkRetry(@Nullable RetryStrategy strategy) {
        if (strategy == null) {
            return;
        }
        Integer attempts = strategy.attempts();
        BatchRefusal.unlessValid(
                attempts == null || (attempts >= 1 && attempts <= MAX_ATTEMPTS),
                "RetryStrategy.attempts must be between 1 and " + MAX_ATTEMPTS + ".");
        BatchRefusal.unlessValid(
                strategy.evaluateOnExit().size() <= MAX_RULES,
                "RetryStrategy.evaluateOnExit must have at most " + MAX_RULES + " items.");
        strategy.evaluateOnExit().forEach(JobChecks::checkRule);
    }

    private static void checkRule(EvaluateOnExit rule) {
        checkGlob(rule.onStatusReason());
        checkGlob(rule.onReason());
        checkGlob(rule.onExitCode());
        BatchRefusal.unlessValid(rule.action() != null, "EvaluateOnExit.action must not be empty.");
    }

    private static void checkGlob(@Nullable String glob) {
        if (glob != null) {
            int star = glob.indexOf('*');
            BatchRefusal.unlessValid(
                    glob.length() <= MAX_GLOB && (star < 0 || star == glob.length() - 1),
                    "A condition of EvaluateOnExit has at most " + MAX_GLOB + " characters and an asterisk at its end"
                            + " only.");
        }
    }

    static void checkTimeout(@Nullable JobTimeout timeout) {
        BatchRefusal.unlessValid(
                timeout == null
                        || (timeout.attemptDurationSeconds() != null
                                && timeout.attemptDurationSeconds() >= MIN_TIMEOUT_SECONDS),
                "Timeout attemptDurationSeconds must be at least " + MIN_TIMEOUT_SECONDS + ".");
    }
}
