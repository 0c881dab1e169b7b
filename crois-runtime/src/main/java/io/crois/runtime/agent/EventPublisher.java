package io.crois.runtime.agent;

import com.fasterxml.jackson.databind.JsonNode;
import io.crois.contract.FeedEvent;
import io.crois.contract.TaskOrder;
import io.crois.runtime.agent.aws.ServiceFailure;
import io.crois.runtime.agent.aws.TaskTable;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Publishes the lines of the event file to the feed, once a second and once more when it is closed. */
final class EventPublisher implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EventPublisher.class);

    private final TaskTable table;
    private final Clock clock;
    private final TaskOrder order;
    private final EventFile file;
    private final ScheduledExecutorService timer;
    private long number;

    EventPublisher(TaskTable table, Clock clock, TaskOrder order, EventFile file) {
        this.table = table;
        this.clock = clock;
        this.order = order;
        this.file = file;
        this.timer = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "crois-events");
            thread.setDaemon(true);
            return thread;
        });
    }

    EventPublisher start() {
        var unused = timer.scheduleWithFixedDelay(this::publish, 1, 1, TimeUnit.SECONDS);
        return this;
    }

    @Override
    public void close() {
        timer.shutdown();
        publish();
    }

    /** An event that cannot be published is lost and logged; the user's command must not suffer for it. */
    private synchronized void publish() {
        try {
            List<JsonNode> events = file.read();
            events.forEach(event -> table.append(event(event)));
        } catch (IOException | ServiceFailure e) {
            LOG.warn("{} step {}: events were not published: {}", order.run(), order.step(), e.getMessage());
        }
    }

    private FeedEvent event(JsonNode detail) {
        number++;
        return FeedEvent.ofStep(
                        FeedEvent.Type.STEP_PROGRESS,
                        clock.instant(),
                        order.run(),
                        order.workflow(),
                        order.step(),
                        order.attempt(),
                        detail)
                .numbered(number);
    }
}
