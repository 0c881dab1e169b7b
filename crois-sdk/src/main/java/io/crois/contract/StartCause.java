package io.crois.contract;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonSubTypes.Type;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a start rule waits for. In JSON the kinds are told apart by the member {@code on}. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "on")
@JsonSubTypes({
    @Type(value = StartCause.Time.class, name = "time"),
    @Type(value = StartCause.ObjectCreated.class, name = "object"),
    @Type(value = StartCause.ExecutionEnded.class, name = "execution")
})
public sealed interface StartCause {

    /**
     * Times of a schedule.
     *
     * @param expression as EventBridge Scheduler takes it: {@code cron(…)}, {@code rate(…)} or {@code at(…)}
     * @param timeZone the IANA name of the zone that the expression is meant in
     * @param windowMinutes how many minutes after its time it may be started, 0 to 1,440
     * @param start before which nothing is started, or {@code null}
     * @param end after which nothing is started, or {@code null}
     */
    record Time(
            String expression,
            String timeZone,
            int windowMinutes,
            @Nullable Instant start,
            @Nullable Instant end) implements StartCause {}

    /**
     * An object that was created or replaced in a bucket.
     *
     * @param prefix what its key begins with; empty for every key
     */
    record ObjectCreated(String bucket, String prefix) implements StartCause {}

    /**
     * An execution of another workflow of the project that ended.
     *
     * @param statuses with which of these it must have ended
     */
    record ExecutionEnded(String workflow, List<ExecutionStatus> statuses) implements StartCause {
        public ExecutionEnded {
            statuses = List.copyOf(statuses);
        }
    }
}
