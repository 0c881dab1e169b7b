package io.crois.testkit.engine.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crois.asl.QueryLanguage;
import io.crois.asl.ResultWriter;
import io.crois.testkit.engine.ObjectStore;
import io.crois.testkit.engine.ObjectStoreException;
import io.crois.testkit.engine.internal.expression.StatesError;
import io.crois.testkit.engine.internal.expression.Template;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/** Where a distributed Map writes its results, and in which form; without a place they stay in the state's result. */
final class ResultWriterPlan {

    private final @Nullable String resource;
    private final @Nullable Template parameters;
    private final String transformation;
    private final boolean inLines;

    ResultWriterPlan(ResultWriter writer, QueryLanguage language) {
        JsonNode config = writer.field("WriterConfig").orElseGet(JsonNodeFactory.instance::objectNode);
        this.resource = writer.resource().orElse(null);
        this.parameters = language == QueryLanguage.JSONATA
                ? JsonataFlow.template(writer.arguments(), "ResultWriter/Arguments")
                : JsonPathFlow.template(writer.parameters());
        this.transformation = config.path("Transformation").asText(resource == null ? "COMPACT" : "NONE");
        this.inLines = config.path("OutputType").asText().equals("JSONL");
    }

    /** Writes the results and returns the state's result. */
    JsonNode write(Frame frame, MapRun run, List<Execution> children) {
        if (resource == null || parameters == null) {
            return shaped(
                    children.stream().filter(child -> child.output() != null).toList());
        }
        JsonNode place = parameters.evaluate(frame.evaluation());
        String bucket = place.path("Bucket").asText();
        if (bucket.isEmpty()) {
            throw StatesError.of("States.ResultWriterFailed", "The field 'Bucket' of the ResultWriter has no value.");
        }
        String prefix = place.path("Prefix").asText();
        String folder = (prefix.isEmpty() ? "" : prefix.replaceAll("/$", "") + "/") + run.id() + "/";
        try {
            return write(run.objects(), run, children, bucket, folder);
        } catch (ObjectStoreException e) {
            throw StatesError.of("States.ResultWriterFailed", e.code() + ": " + e.getMessage());
        }
    }

    private JsonNode write(ObjectStore objects, MapRun run, List<Execution> children, String bucket, String folder) {
        ObjectNode manifest = JsonNodeFactory.instance.objectNode();
        manifest.put("DestinationBucket", bucket).put("MapRunArn", run.arn());
        ObjectNode files = manifest.putObject("ResultFiles");
        files.set("FAILED", file(objects, bucket, folder + "FAILED_0", failed(children), true));
        files.putArray("PENDING");
        files.set("SUCCEEDED", file(objects, bucket, folder + "SUCCEEDED_0", succeeded(children), false));
        String key = folder + "manifest.json";
        objects.write(bucket, key, manifest.toString().getBytes(StandardCharsets.UTF_8));
        ObjectNode result = JsonNodeFactory.instance.objectNode().put("MapRunArn", run.arn());
        result.putObject("ResultWriterDetails").put("Bucket", bucket).put("Key", key);
        return result;
    }

    private ArrayNode file(
            ObjectStore objects, String bucket, String name, List<Execution> children, boolean described) {
        ArrayNode files = JsonNodeFactory.instance.arrayNode();
        if (children.isEmpty()) {
            return files;
        }
        ArrayNode content = described ? described(children) : shaped(children);
        byte[] bytes = (inLines ? lines(content) : content.toString()).getBytes(StandardCharsets.UTF_8);
        String key = name + (inLines ? ".jsonl" : ".json");
        objects.write(bucket, key, bytes);
        files.addObject().put("Key", key).put("Size", bytes.length);
        return files;
    }

    private static List<Execution> succeeded(List<Execution> children) {
        return children.stream()
                .filter(child -> child.status() == ExecutionStatus.SUCCEEDED)
                .toList();
    }

    private static List<Execution> failed(List<Execution> children) {
        return children.stream()
                .filter(child -> child.status() != ExecutionStatus.SUCCEEDED)
                .toList();
    }

    private static String lines(ArrayNode values) {
        List<String> lines = new ArrayList<>();
        values.forEach(value -> lines.add(value.toString()));
        return String.join("\n", lines);
    }

    private ArrayNode shaped(List<Execution> children) {
        return switch (transformation) {
            case "FLATTEN" -> flattened(children);
            case "COMPACT" -> outputs(children);
            default -> described(children);
        };
    }

    private static ArrayNode outputs(List<Execution> children) {
        ArrayNode outputs = JsonNodeFactory.instance.arrayNode();
        children.forEach(child -> outputs.add(child.output()));
        return outputs;
    }

    private static ArrayNode flattened(List<Execution> children) {
        ArrayNode flat = JsonNodeFactory.instance.arrayNode();
        for (Execution child : children) {
            if (child.output() instanceof ArrayNode array) {
                flat.addAll(array);
            } else {
                flat.add(child.output());
            }
        }
        return flat;
    }

    private static ArrayNode described(List<Execution> children) {
        ArrayNode described = JsonNodeFactory.instance.arrayNode();
        children.forEach(child -> described.add(describe(child)));
        return described;
    }

    private static ObjectNode describe(Execution child) {
        ExecutionIdentity identity = child.identity();
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        StatesError error = child.error();
        if (error != null) {
            node.put("Cause", error.cause()).put("Error", error.error());
        }
        node.put("ExecutionArn", identity.arn()).put("Input", identity.input().toString());
        node.putObject("InputDetails").put("Included", true);
        node.put("Name", identity.name());
        JsonNode output = child.output();
        if (output != null) {
            node.put("Output", output.toString());
            node.putObject("OutputDetails").put("Included", true);
        }
        node.put("RedriveCount", child.redriveCount());
        node.put("StartDate", ContextObject.TIME.format(identity.startDate()));
        node.put("StateMachineArn", identity.stateMachineArn()).put("Status", child.statusText());
        if (child.stopDate() != null) {
            node.put("StopDate", ContextObject.TIME.format(child.stopDate()));
        }
        return node;
    }
}
