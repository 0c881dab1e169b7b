package io.crois.runtime.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import io.crois.contract.OrderLocation;
import io.crois.contract.StepStatus;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an event tells of an ECS task or a Batch job.
 *
 * @param order the value of {@code CROIS_ORDER}; empty for what is not ours
 * @param status empty where it says nothing new about the step
 * @param stoppedAt when it was stopped or, where that is not told, when the event was sent
 * @param exitCode of the command, {@code null} while it is not known
 */
record TaskChange(
        String arn,
        Optional<String> order,
        Optional<StepStatus> status,
        @Nullable Instant startedAt,
        Instant stoppedAt,
        @Nullable Integer exitCode) {

    private static final String MAIN = "main";

    /** Reads the detail of an "ECS Task State Change". */
    static TaskChange ofTask(JsonNode detail, Instant sent) {
        Optional<StepStatus> status = switch (detail.path("lastStatus").asText()) {
            case "PROVISIONING", "PENDING", "ACTIVATING" -> Optional.of(StepStatus.QUEUED);
            case "RUNNING" -> Optional.of(StepStatus.RUNNING);
            case "STOPPED" -> Optional.of(StepStatus.STOPPED);
            default -> Optional.empty();
        };
        return new TaskChange(
                detail.path("taskArn").asText(),
                order(main(detail.path("overrides").path("containerOverrides")).path("environment")),
                status,
                time(detail.path("startedAt")),
                Objects.requireNonNullElse(time(detail.path("stoppedAt")), sent),
                number(main(detail.path("containers")).path("exitCode")));
    }

    /** Reads the detail of a "Batch Job State Change". */
    static TaskChange ofJob(JsonNode detail, Instant sent) {
        Optional<StepStatus> status = switch (detail.path("status").asText()) {
            case "SUBMITTED", "PENDING", "RUNNABLE", "STARTING" -> Optional.of(StepStatus.QUEUED);
            case "RUNNING" -> Optional.of(StepStatus.RUNNING);
            case "SUCCEEDED", "FAILED" -> Optional.of(StepStatus.STOPPED);
            default -> Optional.empty();
        };
        JsonNode container = detail.path("container");
        return new TaskChange(
                detail.path("jobArn").asText(),
                order(container.path("environment")),
                status,
                time(detail.path("startedAt")),
                Objects.requireNonNullElse(time(detail.path("stoppedAt")), sent),
                number(container.path("exitCode")));
    }

    private static JsonNode main(JsonNode containers) {
        for (JsonNode container : containers) {
            if (container.path("name").asText().equals(MAIN)) {
                return container;
            }
        }
        return containers.path(-1);
    }

    private static Optional<String> order(JsonNode environment) {
        for (JsonNode variable : environment) {
            if (variable.path("name").asText().equals(OrderLocation.VARIABLE)) {
                return Optional.of(variable.path("value").asText());
            }
        }
        return Optional.empty();
    }

    /** Events of ECS hold ISO-8601 texts, those of Batch milliseconds. */
    private static @Nullable Instant time(JsonNode value) {
        if (value.isNumber()) {
            return Instant.ofEpochMilli(value.longValue());
        }
        return value.isTextual() ? Instant.parse(value.textValue()) : null;
    }

    private static @Nullable Integer number(JsonNode value) {
        return value.isInt() ? Integer.valueOf(value.intValue()) : null;
    }
}
