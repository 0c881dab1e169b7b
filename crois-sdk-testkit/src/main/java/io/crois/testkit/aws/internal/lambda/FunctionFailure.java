package io.crois.testkit.aws.internal.lambda;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Locale;

/** Describes failures of functions as Lambda and its runtime for Java do. */
final class FunctionFailure {

    private static final String TIMED_OUT = "Sandbox.Timedout";

    private FunctionFailure() {}

    /** The handler threw: the type is the name of the class. */
    static FunctionAnswer thrown(String requestId, Throwable thrown) {
        String type = thrown.getClass().getName();
        String message = thrown.getLocalizedMessage() == null ? type : thrown.getLocalizedMessage();
        ObjectNode payload = JsonNodeFactory.instance
                .objectNode()
                .put("errorMessage", message)
                .put("errorType", type);
        ArrayNode trace = payload.putArray("stackTrace");
        for (StackTraceElement element : thrown.getStackTrace()) {
            trace.add(element.toString());
        }
        return FunctionAnswer.failed(requestId, type, payload.toString());
    }

    /** The function took longer than it may. */
    static FunctionAnswer timedOut(String requestId, Duration timeout) {
        String message = String.format(
                Locale.ROOT,
                "RequestId: %s Error: Task timed out after %.2f seconds",
                requestId,
                timeout.toMillis() / 1000.0);
        ObjectNode payload = JsonNodeFactory.instance
                .objectNode()
                .put("errorType", TIMED_OUT)
                .put("errorMessage", message);
        return FunctionAnswer.failed(requestId, TIMED_OUT, payload.toString());
    }
}
