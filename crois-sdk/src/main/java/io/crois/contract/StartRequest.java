package io.crois.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What EventBridge Scheduler and rules of EventBridge give to {@code crois-start}. Its {@code toString} leaves out the
 * token and the detail.
 *
 * @param rule the name of the {@link StartRule}
 * @param token that of the rule, which shows that whoever asks may read or write the project's schedules
 * @param time for which a schedule meant it, or {@code null}
 * @param detail that of the event, or {@code null}
 */
public record StartRequest(
        String project,
        String rule,
        String token,
        @Nullable Instant time,
        @Nullable JsonNode detail) {

    @Override
    public String toString() {
        return "StartRequest[" + project + ", rule=" + rule + "]";
    }
}
