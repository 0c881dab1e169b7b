package io.crois.runtime.agent;

import com.fasterxml.jackson.databind.JsonNode;
import io.crois.contract.FeedEvent;
import io.crois.contract.TaskOrder;
import io.crois.runtime.agent.aws.ServiceFailure;
import io.crois.runtime.agent.aws.TaskTable;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import org.slf4j.LoggerFactory;

/** Publishes the lines of the event file to the feed, once a second and once more when it is closed. */
final class EventPublisher implements AutoCloseable {
    private static final long PERIOD_MILLIS = 1000;

    private final TaskTable table;
    private final Clock clock;
    private final TaskOrder order;
    private final EventFile file;
    private final Thread timer;
    private boolean closed;
    private long number;

    EventPublisher(TaskTable table, Clock clock, TaskOrder order, EventFile file) {
        this.table = table;
        this.clock = clock;
        this.order = order;
        this.file = file;
        this.timer = new Thread(this::publishOften, "crois-events");
        timer.setDaemon(true);
    }

    EventPublisher start() {
        timer.start();
        return this;
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        publish();
    }

    private synchronized void publishOften() {
        try {
            while (!closed) {
                wait(PERIOD_MILLIS);
                if (!closed) {
                    publish();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** An event that cannot be published is lost and logged; the user's command must not suffer for it. */
    private synchronized void publish() {
        try {
            List<JsonNode> events = file.read();
            events.forEach(event -> table.append(event(event)));
        } catch (IOException | ServiceFailure e) {
            LoggerFactory.getLogger(EventPublisher.class)
                    .warn("{} step {}: events were not published: {}", order.run(), order.step(), e.getMessage());
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
