package io.crois.testkit.engine.internal;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crois.testkit.engine.internal.Frame.MapItem;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** Makes the context object, which paths reach with {@code $$} and expressions as {@code $states.context}. */
final class ContextObject {

    /** How the service writes times. */
    static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    /** The day on which executions could be redriven first. */
    private static final LocalDate REDRIVE = LocalDate.of(2023, 11, 15);

    private ContextObject() {}

    static ObjectNode of(Frame frame, @Nullable MapItem item) {
        Inspection inspection = frame.execution().inspection();
        ObjectNode given = inspection == null ? null : inspection.setting().context();
        if (given != null) {
            return given(given, item);
        }
        ObjectNode context = JsonNodeFactory.instance.objectNode();
        ExecutionIdentity identity = frame.execution().identity();
        ObjectNode execution = context.putObject("Execution");
        execution.put("Id", identity.arn());
        execution.set("Input", identity.input());
        execution.put("StartTime", TIME.format(identity.startDate()));
        execution.put("Name", identity.name());
        execution.put("RoleArn", identity.roleArn());
        if (inspection == null && frame.execution().surroundings().isSince(REDRIVE)) {
            execution.put("RedriveCount", frame.execution().redriveCount());
            Instant redriven = frame.execution().redriveDate();
            if (redriven != null) {
                execution.put("RedriveTime", TIME.format(redriven));
            }
        }
        if (identity.roleArn().isEmpty()) {
            execution.putNull("RoleArn");
        }
        context.putObject("StateMachine")
                .put("Id", identity.stateMachineArn())
                .put("Name", identity.stateMachineName());
        addState(context, frame);
        if (frame.taskToken() != null) {
            context.putObject("Task").put("Token", frame.taskToken());
        }
        if (item != null) {
            context.putObject("Map").set("Item", item(item));
        }
        return context;
    }

    /** What a test gives as the context object stands for all of it but the item. */
    private static ObjectNode given(ObjectNode context, @Nullable MapItem item) {
        ObjectNode copy = JsonNodeFactory.instance.objectNode().setAll(context);
        if (item != null) {
            copy.putObject("Map").set("Item", item(item));
        }
        return copy;
    }

    private static void addState(ObjectNode context, Frame frame) {
        ObjectNode state = context.putObject("State");
        state.put("Name", frame.execution().inspection() == null ? frame.state().name() : Inspection.STATE);
        state.put("EnteredTime", TIME.format(Instant.ofEpochMilli(frame.enteredAt())));
        if (frame.state().kind().retries()) {
            state.put("RetryCount", frame.retryCount());
        }
    }

    /** Returns an item as {@code $$.Map.Item} shows it. */
    static ObjectNode item(MapItem item) {
        ObjectNode shown = JsonNodeFactory.instance.objectNode().put("Index", item.index());
        if (item.key() != null) {
            shown.put("Key", item.key());
        }
        shown.set("Value", item.value());
        if (item.source() != null) {
            shown.put("Source", item.source());
        }
        return shown;
    }
}
