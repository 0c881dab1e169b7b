package io.crois.runtime.agent.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import io.crois.contract.FeedEvent;
import io.crois.contract.Run;
import io.crois.contract.StoredArtifact;
import io.crois.contract.TaskReport;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The JSON of a {@link TaskReport} and of a {@link FeedEvent}, with members in alphabetical order. */
public final class ReportText {

    private ReportText() {}

    /** Returns a report's text, in UTF-8. */
    public static byte[] bytes(TaskReport report) {
        return JsonText.bytes(json -> write(json, report));
    }

    private static void write(JsonGenerator json, TaskReport report) throws IOException {
        json.writeStartObject();
        json.writeNumberField("attempt", report.attempt());
        json.writeNumberField("bytesIn", report.bytesIn());
        json.writeNumberField("bytesOut", report.bytesOut());
        json.writeNumberField("cpuMillis", report.cpuMillis());
        json.writeNumberField("exitCode", report.exitCode());
        write(json, report.failure());
        if (report.imageDigest() != null) {
            json.writeStringField("imageDigest", report.imageDigest());
        }
        json.writeArrayFieldStart("outputs");
        for (StoredArtifact output : report.outputs()) {
            write(json, output);
        }
        json.writeEndArray();
        json.writeNumberField("peakMemoryBytes", report.peakMemoryBytes());
        json.writeObjectFieldStart("phases");
        for (Map.Entry<String, TaskReport.Phase> phase : new TreeMap<>(report.phases()).entrySet()) {
            json.writeObjectFieldStart(phase.getKey());
            json.writeStringField("end", UtcText.iso(phase.getValue().end()));
            json.writeStringField("start", UtcText.iso(phase.getValue().start()));
            json.writeEndObject();
        }
        json.writeEndObject();
        json.writeObjectFieldStart("results");
        for (Map.Entry<String, JsonNode> result : new TreeMap<>(report.results()).entrySet()) {
            json.writeFieldName(result.getKey());
            JsonText.write(json, result.getValue());
        }
        json.writeEndObject();
        write(json, report.run());
        json.writeStringField("step", report.step());
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, TaskReport.@Nullable Failure failure) throws IOException {
        if (failure != null) {
            json.writeObjectFieldStart("failure");
            json.writeStringField("class", failure.failureClass().name());
            json.writeStringField("message", failure.message());
            json.writeEndObject();
        }
    }

    private static void write(JsonGenerator json, StoredArtifact stored) throws IOException {
        json.writeStartObject();
        json.writeStringField("artifact", stored.artifact());
        json.writeStringField("bucket", stored.bucket());
        json.writeNumberField("bytes", stored.bytes());
        json.writeNumberField("files", stored.files());
        json.writeStringField("key", stored.key());
        json.writeStringField("kind", stored.kind().name());
        json.writeBooleanField("partial", stored.partial());
        json.writeStringField("sha256", stored.sha256());
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, Run run) throws IOException {
        json.writeObjectFieldStart("run");
        json.writeStringField("execution", run.execution());
        json.writeStringField("project", run.project());
        json.writeStringField("scope", run.scope());
        json.writeEndObject();
    }

    /** Returns an event's text, in UTF-8. */
    public static byte[] bytes(FeedEvent event) {
        return JsonText.bytes(json -> write(json, event));
    }

    private static void write(JsonGenerator json, FeedEvent event) throws IOException {
        json.writeStartObject();
        json.writeNumberField("attempt", event.attempt());
        if (event.detail() != null) {
            json.writeFieldName("detail");
            JsonText.write(json, event.detail());
        }
        json.writeStringField("id", event.id());
        write(json, event.run());
        if (event.step() != null) {
            json.writeStringField("step", event.step());
        }
        json.writeStringField("time", UtcText.iso(event.time()));
        json.writeStringField("type", event.type().name());
        json.writeStringField("workflow", event.workflow());
        json.writeEndObject();
    }
}
