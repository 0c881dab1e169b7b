package io.crois.testkit.aws;

import io.crois.testkit.aws.internal.logs.LogStore;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.CreateLogGroupRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.CreateLogGroupResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.CreateLogStreamRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.CreateLogStreamResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.GetLogEventsRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.GetLogEventsResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.OutputLogEvent;
import software.amazon.awssdk.services.cloudwatchlogs.model.PutLogEventsRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.PutLogEventsResponse;

/**
 * Amazon CloudWatch Logs: groups, streams and their events, among them what containers print whose definition names the
 * driver {@code awslogs}. Thread-safe.
 *
 * <p>Events stand in the order in which they came and are never deleted. Not in memory: times in requests, filters,
 * queries, retention, metrics, subscriptions.
 */
final class InMemoryLogs implements CloudWatchLogsClient {
    private static final int MOST_EVENTS = 10_000;

    private final LogStore store;

    private InMemoryLogs(LogStore store) {
        this.store = store;
    }

    /** Returns a client of a store. */
    static CloudWatchLogsClient of(LogStore store) {
        return NotInMemory.named(CloudWatchLogsClient.class, new InMemoryLogs(store));
    }

    @Override
    public String serviceName() {
        return "logs";
    }

    @Override
    public void close() {
        // The logs outlive their clients.
    }

    @Override
    public CreateLogGroupResponse createLogGroup(CreateLogGroupRequest request) {
        store.createGroup(required(request.logGroupName(), "logGroupName"));
        return CreateLogGroupResponse.builder().build();
    }

    @Override
    public CreateLogStreamResponse createLogStream(CreateLogStreamRequest request) {
        store.createStream(
                required(request.logGroupName(), "logGroupName"), required(request.logStreamName(), "logStreamName"));
        return CreateLogStreamResponse.builder().build();
    }

    @Override
    public PutLogEventsResponse putLogEvents(PutLogEventsRequest request) {
        request.logEvents()
                .forEach(event ->
                        store.put(request.logGroupName(), request.logStreamName(), event.timestamp(), event.message()));
        return PutLogEventsResponse.builder().build();
    }

    /** A token is a place between two events: the same one comes back where nothing follows it. */
    @Override
    public GetLogEventsResponse getLogEvents(GetLogEventsRequest request) {
        if (request.startTime() != null || request.endTime() != null) {
            throw new UnsupportedOperationException("Times in GetLogEvents are not in memory.");
        }
        int limit = request.limit() == null ? MOST_EVENTS : request.limit();
        if (limit < 1 || limit > MOST_EVENTS) {
            throw LogStore.invalid("1 validation error detected: Value at 'limit' must be between 1 and 10000");
        }
        List<OutputLogEvent> all = store.events(
                required(request.logGroupName(), "logGroupName"), required(request.logStreamName(), "logStreamName"));
        String token = request.nextToken();
        boolean forward = token == null ? Boolean.TRUE.equals(request.startFromHead()) : token.startsWith("f/");
        int place = token == null ? (forward ? 0 : all.size()) : place(token, all.size());
        int from = forward ? place : Math.max(0, place - limit);
        int to = forward ? Math.min(all.size(), place + limit) : place;
        return GetLogEventsResponse.builder()
                .events(all.subList(from, to))
                .nextForwardToken("f/" + to)
                .nextBackwardToken("b/" + from)
                .build();
    }

    private static int place(String token, int size) {
        if (!token.matches("[fb]/[0-9]{1,9}")) {
            throw LogStore.invalid("The specified nextToken is invalid.");
        }
        return Math.min(Integer.parseInt(token.substring(2)), size);
    }

    private static String required(@Nullable String value, String member) {
        if (value == null || value.isEmpty()) {
            throw LogStore.invalid("1 validation error detected: Value at '" + member
                    + "' failed to satisfy constraint: Member must not be null");
        }
        return value;
    }
}
