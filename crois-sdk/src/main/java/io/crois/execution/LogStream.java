package io.crois.execution;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.GetLogEventsResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.OutputLogEvent;
import software.amazon.awssdk.services.cloudwatchlogs.model.ResourceNotFoundException;

/** Reads a stream of CloudWatch Logs, from its end or on from where it was read before. Not thread-safe. */
final class LogStream {
    private final CloudWatchLogsClient logs;
    private final AwsCalls calls;
    private final LogPlace place;
    private @Nullable String token;

    LogStream(CloudWatchLogsClient logs, AwsCalls calls, LogPlace place) {
        this.logs = logs;
        this.calls = calls;
        this.place = place;
    }

    /** Returns the last lines; a page may be short although there are more before it. */
    List<LogLine> last(int lines) {
        LinkedList<LogLine> found = new LinkedList<>();
        @Nullable String backward = null;
        while (found.size() < lines) {
            GetLogEventsResponse page = page(backward, false, lines - found.size());
            if (page == null) {
                break;
            }
            found.addAll(0, lines(page));
            if (page.nextBackwardToken() == null || page.nextBackwardToken().equals(backward)) {
                break;
            }
            backward = page.nextBackwardToken();
        }
        return List.copyOf(found);
    }

    /** Returns the lines that came since the last call, or all at first. */
    List<LogLine> next() {
        List<LogLine> found = new ArrayList<>();
        while (true) {
            GetLogEventsResponse page = page(token, true, null);
            if (page == null) {
                return found;
            }
            found.addAll(lines(page));
            boolean end =
                    page.nextForwardToken() == null || page.nextForwardToken().equals(token);
            token = page.nextForwardToken();
            if (end) {
                return found;
            }
        }
    }

    /** Returns a page, or {@code null} while there is no stream: it begins with the container's first line. */
    private @Nullable GetLogEventsResponse page(@Nullable String from, boolean head, @Nullable Integer limit) {
        try {
            return calls.again(() -> logs.getLogEvents(request -> request.logGroupName(place.group())
                    .logStreamName(place.stream())
                    .startFromHead(head)
                    .nextToken(from)
                    .limit(limit)));
        } catch (ResourceNotFoundException notYet) {
            return null;
        }
    }

    private static List<LogLine> lines(GetLogEventsResponse page) {
        return page.events().stream().map(LogStream::line).toList();
    }

    private static LogLine line(OutputLogEvent event) {
        return new LogLine(Instant.ofEpochMilli(event.timestamp()), event.message());
    }
}
