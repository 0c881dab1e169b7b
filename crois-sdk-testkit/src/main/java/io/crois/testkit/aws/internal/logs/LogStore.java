package io.crois.testkit.aws.internal.logs;

import io.crois.testkit.aws.internal.ServiceRefusal;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.cloudwatchlogs.model.InvalidParameterException;
import software.amazon.awssdk.services.cloudwatchlogs.model.OutputLogEvent;
import software.amazon.awssdk.services.cloudwatchlogs.model.ResourceAlreadyExistsException;
import software.amazon.awssdk.services.cloudwatchlogs.model.ResourceNotFoundException;

/** Groups, streams and their events, in the order in which they came. Thread-safe. */
public final class LogStore {
    private static final String SERVICE = "CloudWatchLogs";

    private final Map<String, Map<String, List<OutputLogEvent>>> groups = new TreeMap<>();
    private final Clock clock;

    /** Creates an empty store. */
    public LogStore(Clock clock) {
        this.clock = clock;
    }

    /** Adds a group. */
    public synchronized void createGroup(String group) {
        if (groups.putIfAbsent(group, new TreeMap<>()) != null) {
            throw exists("The specified log group already exists");
        }
    }

    /** Adds a stream to a group. */
    public synchronized void createStream(String group, String stream) {
        if (group(group).putIfAbsent(stream, new ArrayList<>()) != null) {
            throw exists("The specified log stream already exists");
        }
    }

    /** Adds an event, as a log driver does: what it needs is made. */
    public synchronized void print(String group, String stream, String line) {
        groups.computeIfAbsent(group, name -> new TreeMap<>())
                .computeIfAbsent(stream, name -> new ArrayList<>())
                .add(event(clock.millis(), line));
    }

    /** Adds an event to a stream that is there. */
    public synchronized void put(String group, String stream, long time, String message) {
        stream(group, stream).add(event(time, message));
    }

    private OutputLogEvent event(long time, String message) {
        return OutputLogEvent.builder()
                .timestamp(time)
                .ingestionTime(clock.millis())
                .message(message)
                .build();
    }

    /** Returns the events of a stream. */
    public synchronized List<OutputLogEvent> events(String group, String stream) {
        return List.copyOf(stream(group, stream));
    }

    private Map<String, List<OutputLogEvent>> group(String group) {
        Map<String, List<OutputLogEvent>> found = groups.get(group);
        if (found == null) {
            throw missing("The specified log group does not exist.");
        }
        return found;
    }

    private List<OutputLogEvent> stream(String group, String stream) {
        List<OutputLogEvent> found = group(group).get(stream);
        if (found == null) {
            throw missing("The specified log stream does not exist.");
        }
        return found;
    }

    private static AwsServiceException missing(String message) {
        return ServiceRefusal.of(ResourceNotFoundException.builder(), SERVICE, message);
    }

    private static AwsServiceException exists(String message) {
        return ServiceRefusal.of(ResourceAlreadyExistsException.builder(), SERVICE, message);
    }

    /** A member of the request makes no sense. */
    public static AwsServiceException invalid(@Nullable String message) {
        return ServiceRefusal.of(InvalidParameterException.builder(), SERVICE, String.valueOf(message));
    }
}
