package io.crois.compile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Pieces of states. */
final class Asl {
    static final String RUN = "{% $states.input.run %}";
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final List<String> LAMBDA_ERRORS = List.of(
            "Lambda.ServiceException",
            "Lambda.AWSLambdaException",
            "Lambda.SdkClientException",
            "Lambda.ClientExecutionTimeoutException",
            "Lambda.TooManyRequestsException");
    private static final int LAMBDA_TIMEOUT_SECONDS = 300;

    private Asl() {}

    static ObjectNode object() {
        return JSON.objectNode();
    }

    static ObjectNode state(String type) {
        return object().put("Type", type);
    }

    /** Returns the members of the current input that are named, as they are. */
    static ObjectNode passOn(List<String> members) {
        ObjectNode output = object();
        members.forEach(member -> output.put(member, "{% $states.input." + member + " %}"));
        return output;
    }

    static ObjectNode run() {
        return object().put("run", RUN);
    }

    /** Returns a task that calls a function and tries again when Lambda itself, not the function, failed. */
    static ObjectNode lambda(String function, ObjectNode payload) {
        ObjectNode state = state("Task").put("Resource", "arn:aws:states:::lambda:invoke");
        state.putObject("Arguments").put("FunctionName", function).set("Payload", payload);
        state.put("TimeoutSeconds", LAMBDA_TIMEOUT_SECONDS);
        ObjectNode retry = state.putArray("Retry").addObject();
        retry.set("ErrorEquals", texts(LAMBDA_ERRORS));
        retry.put("IntervalSeconds", 1)
                .put("BackoffRate", 2)
                .put("MaxAttempts", 8)
                .put("MaxDelaySeconds", 60)
                .put("JitterStrategy", "FULL");
        return state;
    }

    /** Returns the {@code Catch} field for any error. */
    static ArrayNode catchAll(String next, ObjectNode output) {
        ArrayNode catchers = JSON.arrayNode();
        ObjectNode catcher = catchers.addObject();
        catcher.set("ErrorEquals", texts(List.of("States.ALL")));
        catcher.put("Next", next).set("Output", output);
        return catchers;
    }

    static ArrayNode texts(List<String> texts) {
        ArrayNode array = JSON.arrayNode();
        texts.forEach(array::add);
        return array;
    }

    /** Returns an author's text so that it is never taken for an expression. */
    static String literal(String text) {
        return text.startsWith("{%") ? "{% " + TextNode.valueOf(text) + " %}" : text;
    }

    /** Returns JSON of which no text is taken for an expression. */
    static JsonNode literal(JsonNode json) {
        if (json.isTextual()) {
            return TextNode.valueOf(literal(json.textValue()));
        }
        if (json instanceof ObjectNode object) {
            ObjectNode copy = object();
            object.properties().forEach(entry -> copy.set(entry.getKey(), literal(entry.getValue())));
            return copy;
        }
        if (json instanceof ArrayNode array) {
            ArrayNode copy = JSON.arrayNode();
            array.forEach(element -> copy.add(literal(element)));
            return copy;
        }
        return json;
    }

    static JsonNode orEmpty(@Nullable JsonNode node) {
        return node == null ? object() : node;
    }
}
