package io.crois.testkit.engine.internal.service;

import io.crois.testkit.engine.internal.Execution;
import io.crois.testkit.engine.internal.Surroundings;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.RedriveExecutionRequest;
import software.amazon.awssdk.services.sfn.model.RedriveExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ValidationExceptionReason;

/** Lets executions that did not succeed go on. Used on the event loop only. */
final class Redrives {

    private static final Duration REDRIVABLE = Duration.ofDays(14);
    private static final Duration LONGEST_EXECUTION = Duration.ofDays(365);
    private static final Duration TOKEN_IS_VALID = Duration.ofMinutes(15);
    private static final int TOKENS = 10;

    private final Surroundings surroundings;
    private final Executions executions;
    private final Map<String, Map<String, Instant>> tokens = new HashMap<>();

    Redrives(Surroundings surroundings, Executions executions) {
        this.surroundings = surroundings;
        this.executions = executions;
    }

    RedriveExecutionResponse redrive(RedriveExecutionRequest request) {
        String token = request.clientToken();
        Execution execution = executions.requireStandard(request.executionArn());
        if (execution.identity().mapRunArn() != null) {
            throw Refusal.validation(
                    "Labeled Execution ARNs are not supported for this API",
                    ValidationExceptionReason.API_DOES_NOT_SUPPORT_LABELED_ARNS);
        }
        Instant earlier = token == null ? null : used(execution).get(token);
        Instant now = surroundings.loop().now();
        if (earlier != null && !now.isAfter(earlier.plus(TOKEN_IS_VALID))) {
            return answer(earlier);
        }
        requireRedrivable(execution);
        execution.redrive();
        if (token != null) {
            used(execution).put(token, now);
        }
        return answer(now);
    }

    private static RedriveExecutionResponse answer(Instant date) {
        return RedriveExecutionResponse.builder().redriveDate(date).build();
    }

    /** Returns the last tokens of successful calls and when they were used. */
    private Map<String, Instant> used(Execution execution) {
        return tokens.computeIfAbsent(execution.identity().arn(), arn -> new LinkedHashMap<>() {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Instant> eldest) {
                return size() > TOKENS;
            }
        });
    }

    private void requireRedrivable(Execution execution) {
        String obstacle = obstacle(execution, surroundings);
        if (obstacle != null) {
            throw Refusal.notRedrivable(execution.identity().arn(), obstacle);
        }
    }

    /** Returns why an execution cannot be redriven now, {@code null} when it can. */
    static @Nullable String obstacle(Execution execution, Surroundings surroundings) {
        Instant now = surroundings.loop().now();
        Instant stop = execution.stopDate();
        if (stop == null || execution.status() == ExecutionStatus.SUCCEEDED) {
            return "Execution is " + execution.status() + " and cannot be redriven";
        }
        if (execution.history().size() >= surroundings.limits().historyEvents() - 1) {
            return "Execution has exceeded the maximum history event limit";
        }
        if (now.isAfter(execution.identity().startDate().plus(LONGEST_EXECUTION))) {
            return "Execution has exceeded the max execution time";
        }
        return now.isAfter(stop.plus(REDRIVABLE)) ? "Execution redrivable period exceeded" : null;
    }
}
