package io.crois.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crois.contract.FeedEvent;
import io.crois.contract.StoredArtifact;
import io.crois.contract.TaskReport;
import io.crois.workflow.FailureClass;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The JSON of a {@link TaskReport} and of a {@link FeedEvent}, with members in alphabetical order. */
public final class ReportText {

    private ReportText() {}

    /** Returns a report's text, in UTF-8. */
    public static byte[] bytes(TaskReport report) {
        return JsonText.bytes(tree(report));
    }

    /** Returns an event's text, in UTF-8. */
    public static byte[] bytes(FeedEvent event) {
        return JsonText.bytes(tree(event));
    }

    static TaskReport report(JsonNode json) {
        Members report = Members.of("a task report", json);
        Members failure = report.objectOrNull("failure");
        List<StoredArtifact> outputs = new ArrayList<>();
        for (Members each : report.objects("outputs")) {
            outputs.add(OrderText.stored(each));
        }
        Map<String, TaskReport.Phase> phases = new LinkedHashMap<>();
        for (Map.Entry<String, Members> each : report.objectsByName("phases").entrySet()) {
            Members phase = each.getValue();
            phases.put(each.getKey(), new TaskReport.Phase(phase.time("start"), phase.time("end")));
        }
        return new TaskReport(
                OrderText.run(report.object("run")),
                report.text("step"),
                report.integer("attempt"),
                report.integer("exitCode"),
                failure(failure),
                outputs,
                report.valuesByName("results"),
                phases,
                report.number("bytesIn"),
                report.number("bytesOut"),
                report.number("peakMemoryBytes"),
                report.number("cpuMillis"),
                report.textOrNull("imageDigest"));
    }

    static TaskReport.@Nullable Failure failure(@Nullable Members failure) {
        return failure == null
                ? null
                : new TaskReport.Failure(failure.constant("class", FailureClass.class), failure.text("message"));
    }

    static FeedEvent event(JsonNode json) {
        Members event = Members.of("an event", json);
        return new FeedEvent(
                event.text("id"),
                event.time("time"),
                event.constant("type", FeedEvent.Type.class),
                OrderText.run(event.object("run")),
                event.text("workflow"),
                event.textOrNull("step"),
                event.integer("attempt"),
                event.valueOrNull("detail"));
    }

    static ObjectNode tree(TaskReport report) {
        return new Shape()
                .with("attempt", report.attempt())
                .with("bytesIn", report.bytesIn())
                .with("bytesOut", report.bytesOut())
                .with("cpuMillis", report.cpuMillis())
                .with("exitCode", report.exitCode())
                .with("failure", report.failure())
                .with("imageDigest", report.imageDigest())
                .with("outputs", report.outputs())
                .with("peakMemoryBytes", report.peakMemoryBytes())
                .with("phases", report.phases())
                .with("results", report.results())
                .with("run", report.run())
                .with("step", report.step())
                .json();
    }

    static ObjectNode tree(TaskReport.Failure failure) {
        return new Shape()
                .with("class", failure.failureClass())
                .with("message", failure.message())
                .json();
    }

    static ObjectNode tree(TaskReport.Phase phase) {
        return new Shape().with("end", phase.end()).with("start", phase.start()).json();
    }

    static ObjectNode tree(FeedEvent event) {
        return new Shape()
                .with("attempt", event.attempt())
                .with("detail", event.detail())
                .with("id", event.id())
                .with("run", event.run())
                .with("step", event.step())
                .with("time", event.time())
                .with("type", event.type())
                .with("workflow", event.workflow())
                .json();
    }
}
