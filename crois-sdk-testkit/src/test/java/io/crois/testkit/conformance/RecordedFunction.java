package io.crois.testkit.conformance;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crois.testkit.engine.TaskCompletion;
import io.crois.testkit.time.EventLoop;
import java.time.Duration;
import java.util.function.UnaryOperator;

/** One of the simple Lambda functions that the recordings called. */
record RecordedFunction(String name, JsonNode behaviour, EventLoop loop, String requestId) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * Calls it.
     *
     * @param byArn whether the state names the function itself, which spaces the cause's JSON
     * @param envelope what becomes of the output
     */
    void call(JsonNode event, boolean byArn, TaskCompletion completion, UnaryOperator<JsonNode> envelope) {
        switch (behaviour.path("behaviour").asText()) {
            case "echo" -> completion.succeeded(envelope.apply(event));
            case "constant" -> completion.succeeded(envelope.apply(returned()));
            case "constant_repeat" ->
                completion.succeeded(envelope.apply(JsonNodeFactory.instance.textNode(behaviour
                        .path("char")
                        .asText()
                        .repeat(behaviour.path("bytes").asInt()))));
            case "raise" -> completion.failed(behaviour.path("errorType").asText(), trace(byArn));
            case "delay_then_echo" ->
                loop.after(
                        Duration.ofSeconds(behaviour.path("seconds").asLong()),
                        () -> completion.succeeded(envelope.apply(event)));
            default ->
                completion.failed(
                        "Lambda.ResourceNotFoundException",
                        "Function not found: arn:aws:lambda:us-east-1:111111111111:function:" + name
                                + " (Service: AWSLambda; Status Code: 404; Error Code: ResourceNotFoundException; Request ID: "
                                + requestId + "; Proxy: null)");
        }
    }

    /** Returns the constant; text that is JSON was returned as the bytes of that JSON. */
    private JsonNode returned() {
        JsonNode constant = behaviour.path("returns");
        try {
            return constant.isTextual() ? JSON.readTree(constant.textValue()) : constant;
        } catch (JsonProcessingException plain) {
            return constant;
        }
    }

    private String trace(boolean spaced) {
        String type = behaviour.path("errorType").asText();
        ObjectNode payload = JsonNodeFactory.instance.objectNode();
        payload.put("errorMessage", behaviour.path("errorMessage").asText());
        payload.put("errorType", type);
        payload.put("requestId", requestId);
        payload.putArray("stackTrace")
                .add(
                        type.equals("CustomException")
                                ? "  File \"/var/task/handler.py\", line 9, in handler\n    raise CustomException()\n"
                                : "  File \"/var/task/handler.py\", line 2, in handler\n    raise Exception(\"Some"
                                        + " exception was raised.\")\n");
        return spaced ? spaced(payload) : payload.toString();
    }

    private static String spaced(ObjectNode payload) {
        StringBuilder text = new StringBuilder("{");
        payload.properties()
                .forEach(entry -> text.append(text.length() == 1 ? "" : ", ")
                        .append('"')
                        .append(entry.getKey())
                        .append("\": ")
                        .append(entry.getValue()));
        return text.append('}').toString();
    }

    /** Puts round a payload what {@code lambda:invoke} puts round it. */
    JsonNode enveloped(JsonNode payload) {
        ObjectNode envelope = JsonNodeFactory.instance.objectNode();
        envelope.put("ExecutedVersion", "$LATEST");
        envelope.set("Payload", payload);
        envelope.putObject("SdkHttpMetadata").put("HttpStatusCode", 200);
        envelope.putObject("SdkResponseMetadata").put("RequestId", requestId);
        envelope.put("StatusCode", 200);
        return envelope;
    }
}
