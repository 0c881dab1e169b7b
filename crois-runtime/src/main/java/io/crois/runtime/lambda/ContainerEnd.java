package io.crois.runtime.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.crois.contract.RouteRequest;
import io.crois.wire.JsonText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * What a back end says of the end of a container, in the JSON that Step Functions makes of it (PascalCase).
 *
 * @param arn of the task or job, {@code null} where it is not told
 * @param startedAt {@code null} when it never ran
 * @param stopCode of an ECS task; empty for Batch
 * @param exitCode of the user's container, {@code null} when it never ran
 * @param reasons what is said of the user's container and of the whole, the most telling first
 */
record ContainerEnd(
        @Nullable String arn,
        @Nullable Instant startedAt,
        String stopCode,
        @Nullable Integer exitCode,
        List<String> reasons) {
    private static final String MAIN = "main";

    ContainerEnd {
        reasons = reasons.stream().filter(reason -> !reason.isBlank()).toList();
    }

    /** Reads the cause of an error; {@code null} if it is neither a task nor a job. */
    static @Nullable ContainerEnd of(RouteRequest.ErrorOutput error) {
        return read(cause(error.cause()));
    }

    /** Returns a cause as JSON; a missing node if it is none. */
    static JsonNode cause(@Nullable String cause) {
        if (cause == null || !cause.stripLeading().startsWith("{")) {
            return MissingNode.getInstance();
        }
        try {
            return JsonText.parse(cause);
        } catch (IllegalArgumentException cutShort) {
            return MissingNode.getInstance();
        }
    }

    /** Reads an ECS task or a Batch job; {@code null} if the JSON is neither. */
    static @Nullable ContainerEnd read(JsonNode json) {
        if (json.path("Containers").isArray()) {
            return task(json);
        }
        return json.has("JobId") || json.has("JobName") ? job(json) : null;
    }

    /** Why another container ended matters only where the user's own never ran. */
    private static ContainerEnd task(JsonNode task) {
        List<String> reasons = new ArrayList<>();
        List<String> others = new ArrayList<>();
        Integer exitCode = null;
        for (JsonNode container : task.path("Containers")) {
            boolean main = MAIN.equals(container.path("Name").asText());
            exitCode = main ? exitCode(container) : exitCode;
            (main ? reasons : others).add(text(container, "Reason"));
        }
        reasons.add(text(task, "StoppedReason"));
        if (exitCode == null) {
            reasons.addAll(others);
        }
        return new ContainerEnd(arn(task, "TaskArn"), start(task), text(task, "StopCode"), exitCode, reasons);
    }

    private static ContainerEnd job(JsonNode job) {
        JsonNode container = job.path("Container");
        List<String> reasons = new ArrayList<>();
        reasons.add(text(container, "Reason"));
        reasons.add(text(job, "StatusReason"));
        StreamSupport.stream(job.path("Attempts").spliterator(), false)
                .reduce((earlier, later) -> later)
                .ifPresent(last -> {
                    reasons.add(text(last.path("Container"), "Reason"));
                    reasons.add(text(last, "StatusReason"));
                });
        return new ContainerEnd(
                arn(job, "JobArn"),
                start(job),
                "",
                exitCode(container),
                reasons.stream().distinct().toList());
    }

    private static @Nullable Integer exitCode(JsonNode container) {
        JsonNode code = container.path("ExitCode");
        return code.canConvertToInt() && code.isNumber() ? (Integer) code.intValue() : null;
    }

    private static @Nullable String arn(JsonNode node, String name) {
        return node.path(name).textValue();
    }

    private static @Nullable Instant start(JsonNode node) {
        JsonNode start = node.path("StartedAt");
        return start.isNumber() ? Instant.ofEpochMilli(start.longValue()) : null;
    }

    private static String text(JsonNode node, String name) {
        return node.path(name).asText("");
    }

    /** Returns all reasons as one text. */
    String text() {
        return String.join(" ", reasons);
    }
}
