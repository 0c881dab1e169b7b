package io.crois.contract;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import io.crois.workflow.FailureClass;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the agent says of one attempt when it ends.
 *
 * @param exitCode of the user's command, or one of {@link AgentExit}
 * @param failure {@code null} when the attempt succeeded
 * @param phases {@code fetch}, {@code run}, {@code publish}
 * @param peakMemoryBytes 0 where it cannot be known
 * @param cpuMillis 0 where it cannot be known
 * @param imageDigest of the image that the container was made from, {@code sha256:} and hex; {@code null} where it
 *     cannot be known
 */
public record TaskReport(
        Run run,
        String step,
        int attempt,
        int exitCode,
        @Nullable Failure failure,
        List<StoredArtifact> outputs,
        Map<String, JsonNode> results,
        Map<String, Phase> phases,
        long bytesIn,
        long bytesOut,
        long peakMemoryBytes,
        long cpuMillis,
        @Nullable String imageDigest) {

    public TaskReport {
        outputs = List.copyOf(outputs);
        results = Map.copyOf(results);
        phases = Map.copyOf(phases);
    }

    /** Creates a report of a container whose image is not known. */
    public TaskReport(
            Run run,
            String step,
            int attempt,
            int exitCode,
            @Nullable Failure failure,
            List<StoredArtifact> outputs,
            Map<String, JsonNode> results,
            Map<String, Phase> phases,
            long bytesIn,
            long bytesOut,
            long peakMemoryBytes,
            long cpuMillis) {
        this(
                run,
                step,
                attempt,
                exitCode,
                failure,
                outputs,
                results,
                phases,
                bytesIn,
                bytesOut,
                peakMemoryBytes,
                cpuMillis,
                null);
    }

    /** What went wrong, in a sentence for the author; holds no secret and no data. */
    public record Failure(@JsonProperty("class") FailureClass failureClass, String message) {}

    /** When a phase began and ended; ISO-8601 in UTC. */
    public record Phase(Instant start, Instant end) {}
}
