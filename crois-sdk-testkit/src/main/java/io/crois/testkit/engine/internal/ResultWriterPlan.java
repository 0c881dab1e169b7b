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
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/** Where a distributed Map writes its results, and in which form; without a place they stay in the state's result. */
final class ResultWriterPlan {

    static final String FAILED = "States.ResultWriterFailed";

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

    /** Returns whether it writes objects. */
    boolean isStoring() {
        return resource != null && parameters != null;
    }

    /** Writes the results and returns the state's result; {@code pending} are the inputs of executions never begun. */
    JsonNode write(Frame frame, MapRun run, List<Execution> children, List<JsonNode> pending) {
        if (parameters == null || resource == null) {
            return shaped(children, run.isExpress());
        }
        JsonNode place = parameters.evaluate(frame.evaluation());
        String bucket = place.path("Bucket").asText();
        if (bucket.isEmpty()) {
            throw StatesError.of(FAILED, "The field 'Bucket' of the ResultWriter has no value.");
        }
        try {
            return store(new Folder(run.objects(), bucket, folder(place, run)), run, children, pending);
        } catch (ObjectStoreException e) {
            throw StatesError.of(FAILED, e.code() + ": " + e.getMessage());
        }
    }

    /** Each redrive has a folder of its own, inside the run's. */
    private static String folder(JsonNode place, MapRun run) {
        String prefix = place.path("Prefix").asText();
        String folder = (prefix.isEmpty() ? "" : prefix.replaceAll("/$", "") + "/") + run.id() + "/";
        return run.redriveCount() == 0 ? folder : folder + "Redrive-" + run.redriveCount() + "/";
    }

    /** Of executions that succeeded, a redrive writes those only that no earlier attempt wrote, but refers to all. */
    private JsonNode store(Folder folder, MapRun run, List<Execution> children, List<JsonNode> pending) {
        ExportedResults exported = run.exported();
        List<Execution> succeeded = children.stream()
                .filter(child -> child.status() == ExecutionStatus.SUCCEEDED && !exported.has(child))
                .toList();
        List<Execution> failed = children.stream()
                .filter(child -> child.status() != ExecutionStatus.SUCCEEDED)
                .toList();
        if (!succeeded.isEmpty() || exported.hasFiles()) {
            exported.add(succeeded, write(folder, "SUCCEEDED_0", shaped(succeeded, run.isExpress())));
        }
        ObjectNode manifest = JsonNodeFactory.instance.objectNode();
        manifest.put("DestinationBucket", folder.bucket()).put("MapRunArn", run.arn());
        ObjectNode files = manifest.putObject("ResultFiles");
        writeAny(folder, "FAILED", described(failed, run.isExpress()), files);
        writeAny(folder, "PENDING", pending(pending), files);
        files.set("SUCCEEDED", exported.files());
        String key = folder.write("manifest.json", manifest.toString());
        ObjectNode result = JsonNodeFactory.instance.objectNode().put("MapRunArn", run.arn());
        result.putObject("ResultWriterDetails").put("Bucket", folder.bucket()).put("Key", key);
        return result;
    }

    private void writeAny(Folder folder, String kind, ArrayNode content, ObjectNode files) {
        ArrayNode written = files.putArray(kind);
        if (!content.isEmpty()) {
            written.add(write(folder, kind + "_0", content));
        }
    }

    private ObjectNode write(Folder folder, String name, ArrayNode content) {
        String text = inLines ? lines(content) : content.toString();
        String key = folder.write(name + (inLines ? ".jsonl" : ".json"), text);
        return JsonNodeFactory.instance
                .objectNode()
                .put("Key", key)
                .put("Size", text.getBytes(StandardCharsets.UTF_8).length);
    }

    private static String lines(ArrayNode values) {
        StringBuilder lines = new StringBuilder();
        values.forEach(value -> lines.append(value).append('\n'));
        return lines.toString();
    }

    /** Executions that did not succeed are described whatever the form. */
    private ArrayNode shaped(List<Execution> children, boolean express) {
        return switch (transformation) {
            case "FLATTEN" -> flattened(children, express);
            case "COMPACT" -> outputs(children, express);
            default -> described(children, express);
        };
    }

    /** Returns the outputs, and descriptions of the executions that have none. */
    private static ArrayNode outputs(List<Execution> children, boolean express) {
        ArrayNode outputs = JsonNodeFactory.instance.arrayNode(children.size());
        children.forEach(child -> outputs.add(child.output() == null ? describe(child, express) : child.output()));
        return outputs;
    }

    private static ArrayNode flattened(List<Execution> children, boolean express) {
        ArrayNode flat = JsonNodeFactory.instance.arrayNode();
        for (JsonNode output : outputs(children, express)) {
            if (output instanceof ArrayNode array) {
                flat.addAll(array);
            } else {
                flat.add(output);
            }
        }
        return flat;
    }

    private static ArrayNode described(List<Execution> children, boolean express) {
        ArrayNode described = JsonNodeFactory.instance.arrayNode();
        children.forEach(child -> described.add(describe(child, express)));
        return described;
    }

    private static ArrayNode pending(List<JsonNode> inputs) {
        ArrayNode described = JsonNodeFactory.instance.arrayNode();
        for (JsonNode input : inputs) {
            ObjectNode node = described.addObject().put("Input", input.toString());
            node.putObject("InputDetails").put("Included", true);
            node.put("Status", "PENDING");
        }
        return described;
    }

    private static ObjectNode describe(Execution child, boolean express) {
        ExecutionIdentity identity = child.identity();
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        StatesError error = child.error();
        if (error != null && error.cause() != null) {
            node.put("Cause", error.cause());
        }
        if (error != null && error.error() != null) {
            node.put("Error", error.error());
        }
        node.put("ExecutionArn", identity.arn()).put("Input", identity.input().toString());
        node.putObject("InputDetails").put("Included", true);
        node.put("Name", identity.name());
        JsonNode output = child.output();
        if (output != null) {
            node.put("Output", output.toString());
        }
        node.putObject("OutputDetails").put("Included", true);
        describeRedrive(node, child, express);
        node.put("StartDate", ContextObject.TIME.format(identity.startDate()));
        node.put("StateMachineArn", identity.stateMachineArn()).put("Status", child.statusText());
        if (child.stopDate() != null) {
            node.put("StopDate", ContextObject.TIME.format(child.stopDate()));
        }
        return node;
    }

    private static void describeRedrive(ObjectNode node, Execution child, boolean express) {
        node.put("RedriveCount", child.redriveCount());
        if (express) {
            return;
        }
        if (child.redriveDate() != null) {
            node.put("RedriveDate", ContextObject.TIME.format(child.redriveDate()));
        }
        if (child.status() == ExecutionStatus.SUCCEEDED) {
            node.put("RedriveStatus", "NOT_REDRIVABLE")
                    .put("RedriveStatusReason", "Execution is SUCCEEDED and cannot be redriven");
        } else {
            node.put("RedriveStatus", "REDRIVABLE_BY_MAP_RUN");
        }
    }

    /** Where the objects of one attempt go. */
    private record Folder(ObjectStore objects, String bucket, String prefix) {

        private String write(String name, String content) {
            objects.write(bucket, prefix + name, content.getBytes(StandardCharsets.UTF_8));
            return prefix + name;
        }
    }
}
