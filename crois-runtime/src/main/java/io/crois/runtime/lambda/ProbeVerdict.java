package io.crois.runtime.lambda;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crois.wire.JsonText;
import io.crois.wire.Records;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Whether an execution of the probe went the whole way in time.
 *
 * @param available whether everything that belongs to the way was found
 * @param reason what was missing, a word or two; {@code none} if nothing
 * @param took from submission to end, or to the look at it where it has not ended
 */
record ProbeVerdict(boolean available, String reason, Duration took) {
    private static final String NAMESPACE = "Crois";
    private static final String AVAILABILITY = "ProbeAvailability";
    private static final String DURATION = "ProbeDuration";

    /**
     * Returns the line from which CloudWatch takes the metrics, in its embedded metric format.
     *
     * @param at to which the metrics belong: the time that was meant, so that each period has one value
     */
    String metrics(String platform, String backend, String execution, Instant at) {
        Map<String, Object> directive = Map.<String, Object>of(
                "Namespace",
                NAMESPACE,
                "Dimensions",
                List.of(List.of("Platform", "Backend")),
                "Metrics",
                List.of(Map.of("Name", AVAILABILITY, "Unit", "None"), Map.of("Name", DURATION, "Unit", "Seconds")));
        ObjectNode line = JsonText.object();
        line.putObject("_aws")
                .put("Timestamp", at.toEpochMilli())
                .putArray("CloudWatchMetrics")
                .add(Records.tree(directive));
        line.put("Platform", platform).put("Backend", backend);
        line.put(AVAILABILITY, available ? 1 : 0).put(DURATION, took.toMillis() / 1000.0);
        return Records.write(line.put("execution", execution).put("missing", reason));
    }
}
