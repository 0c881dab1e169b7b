package io.crois.runtime.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * What a back end says of the end of a container, in the JSON that Step Functions makes of it (PascalCase).
 *
 * @param stopCode of an ECS task; empty for Batch
 * @param exitCode of the user's container, {@code null} when it never ran
 * @param reasons what is said of the user's container and of the whole, the most telling first
 */
record ContainerEnd(String stopCode, @Nullable Integer exitCode, List<String> reasons) {
    private static final String MAIN = "main";

    ContainerEnd {
        reasons = reasons.stream().filter(reason -> !reason.isBlank()).toList();
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
        return new ContainerEnd(text(task, "StopCode"), exitCode, reasons);
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
                "", exitCode(container), reasons.stream().distinct().toList());
    }

    private static @Nullable Integer exitCode(JsonNode container) {
        JsonNode code = container.path("ExitCode");
        return code.canConvertToInt() && code.isNumber() ? (Integer) code.intValue() : null;
    }

    private static String text(JsonNode node, String name) {
        return node.path(name).asText("");
    }

    /** Returns all reasons as one text. */
    String text() {
        return String.join(" ", reasons);
    }
}
