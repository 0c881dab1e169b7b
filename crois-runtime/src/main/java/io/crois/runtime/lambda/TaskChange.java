package io.crois.runtime.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import io.crois.contract.OrderLocation;
import io.crois.contract.StepStatus;
import io.crois.contract.UtcText;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.batch.model.JobDetail;
import software.amazon.awssdk.services.ecs.model.Container;
import software.amazon.awssdk.services.ecs.model.KeyValuePair;
import software.amazon.awssdk.services.ecs.model.Task;

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
        return new TaskChange(
                detail.path("taskArn").asText(),
                order(main(detail.path("overrides").path("containerOverrides")).path("environment")),
                ofTask(detail.path("lastStatus").asText()),
                time(detail.path("startedAt")),
                Objects.requireNonNullElse(time(detail.path("stoppedAt")), sent),
                number(main(detail.path("containers")).path("exitCode")));
    }

    /** Reads the detail of a "Batch Job State Change". */
    static TaskChange ofJob(JsonNode detail, Instant sent) {
        JsonNode container = detail.path("container");
        return new TaskChange(
                detail.path("jobArn").asText(),
                order(container.path("environment")),
                ofJob(detail.path("status").asText()),
                time(detail.path("startedAt")),
                Objects.requireNonNullElse(time(detail.path("stoppedAt")), sent),
                number(container.path("exitCode")));
    }

    /** Reads the answer of {@code DescribeTasks}. */
    static TaskChange of(Task task, Instant asked) {
        String order = task.overrides() == null
                ? null
                : task.overrides().containerOverrides().stream()
                        .flatMap(container -> container.environment().stream())
                        .filter(variable -> variable.name().equals(OrderLocation.VARIABLE))
                        .map(KeyValuePair::value)
                        .findFirst()
                        .orElse(null);
        Integer exitCode = task.containers().stream()
                .filter(container -> MAIN.equals(container.name()))
                .map(Container::exitCode)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
        return new TaskChange(
                task.taskArn(),
                Optional.ofNullable(order),
                ofTask(String.valueOf(task.lastStatus())),
                task.startedAt(),
                Objects.requireNonNullElse(task.stoppedAt(), asked),
                exitCode);
    }

    /** Reads the answer of {@code DescribeJobs}. */
    static TaskChange of(JobDetail job, Instant asked) {
        Optional<String> order = job.container() == null
                ? Optional.empty()
                : job.container().environment().stream()
                        .filter(variable -> variable.name().equals(OrderLocation.VARIABLE))
                        .map(software.amazon.awssdk.services.batch.model.KeyValuePair::value)
                        .findFirst();
        return new TaskChange(
                job.jobArn(),
                order,
                ofJob(String.valueOf(job.statusAsString())),
                job.startedAt() == null ? null : Instant.ofEpochMilli(job.startedAt()),
                job.stoppedAt() == null ? asked : Instant.ofEpochMilli(job.stoppedAt()),
                job.container() == null ? null : job.container().exitCode());
    }

    private static Optional<StepStatus> ofTask(String status) {
        return switch (status) {
            case "PROVISIONING", "PENDING", "ACTIVATING" -> Optional.of(StepStatus.QUEUED);
            case "RUNNING" -> Optional.of(StepStatus.RUNNING);
            case "STOPPED" -> Optional.of(StepStatus.STOPPED);
            default -> Optional.empty();
        };
    }

    private static Optional<StepStatus> ofJob(String status) {
        return switch (status) {
            case "SUBMITTED", "PENDING", "RUNNABLE", "STARTING" -> Optional.of(StepStatus.QUEUED);
            case "RUNNING" -> Optional.of(StepStatus.RUNNING);
            case "SUCCEEDED", "FAILED" -> Optional.of(StepStatus.STOPPED);
            default -> Optional.empty();
        };
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
        return value.isTextual() ? UtcText.parse(value.textValue()) : null;
    }

    private static @Nullable Integer number(JsonNode value) {
        return value.isInt() ? Integer.valueOf(value.intValue()) : null;
    }
}
