package io.crois.testkit.aws.internal.integration;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crois.testkit.aws.internal.events.EventBus;
import io.crois.testkit.engine.ExecutionListener;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.batch.model.JobDetail;
import software.amazon.awssdk.services.ecs.model.Task;

/** Publishes what services tell of executions, tasks and jobs, as events in AWS's shape. */
public final class ServiceEvents implements ExecutionListener {

    /** What an event has room for; more is left out. */
    private static final int MAX_DATA = 248 * 1024;

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final EventBus bus;
    private final SdkJson json = SdkJson.ofEvents();

    /** Creates a publisher on a bus. */
    public ServiceEvents(EventBus bus) {
        this.bus = bus;
    }

    @Override
    public boolean isListening() {
        return bus.hasRules();
    }

    /** Publishes "Step Functions Execution Status Change". */
    @Override
    public void changed(Change change) {
        int output = escaped(change.output());
        boolean outputFits = output <= MAX_DATA;
        boolean inputFits = escaped(change.input()) + (outputFits ? output : 0) <= MAX_DATA;
        ObjectNode detail = JSON.objectNode()
                .put("executionArn", change.executionArn())
                .put("stateMachineArn", change.stateMachineArn())
                .put("name", change.name())
                .put("status", change.status())
                .put("startDate", change.startDate().toEpochMilli())
                .put("stopDate", millis(change.stopDate()));
        data(detail, "input", change.input(), inputFits);
        data(detail, "output", change.output(), outputFits);
        bus.publish("aws.states", "Step Functions Execution Status Change", List.of(change.executionArn()), detail);
    }

    private static @Nullable Long millis(@Nullable Instant time) {
        return time == null ? null : time.toEpochMilli();
    }

    private static void data(ObjectNode detail, String name, @Nullable String text, boolean fits) {
        detail.put(name, fits ? text : null);
        if (text == null) {
            detail.putNull(name + "Details");
        } else {
            detail.putObject(name + "Details").put("included", fits);
        }
    }

    /** Returns the size of a text in an event; 0 when two such fit anyway. */
    private static int escaped(@Nullable String text) {
        if (text == null || 6L * text.length() + 2 <= MAX_DATA / 2) {
            return 0;
        }
        return JSON.textNode(text).toString().getBytes(StandardCharsets.UTF_8).length;
    }

    /** Publishes "ECS Task State Change": the task as it is now. */
    public void changed(Task task) {
        ObjectNode detail = json.write(task);
        detail.remove("tags");
        bus.publish("aws.ecs", "ECS Task State Change", List.of(task.taskArn()), detail);
    }

    /** Publishes "Batch Job State Change": the job as it is now. */
    public void changed(JobDetail job) {
        bus.publish("aws.batch", "Batch Job State Change", List.of(job.jobArn()), json.write(job));
    }
}
