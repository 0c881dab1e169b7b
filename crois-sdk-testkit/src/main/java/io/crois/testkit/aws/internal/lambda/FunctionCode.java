package io.crois.testkit.aws.internal.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.function.UnaryOperator;

/** The code of a function. */
@FunctionalInterface
interface FunctionCode {

    /** Answers a payload with another; what it throws is the function's failure. */
    byte[] run(byte[] payload, Context context) throws Exception;

    /** Code that knows JSON alone. No payload arrives as JSON's null; null is answered as JSON's null. */
    static FunctionCode of(UnaryOperator<JsonNode> function) {
        ObjectMapper mapper = new ObjectMapper();
        return (payload, context) -> {
            JsonNode answer = function.apply(payload.length == 0 ? NullNode.getInstance() : mapper.readTree(payload));
            return mapper.writeValueAsBytes(answer == null ? NullNode.getInstance() : answer);
        };
    }

    /** Code written for Lambda itself. */
    static FunctionCode of(RequestStreamHandler handler) {
        return (payload, context) -> {
            ByteArrayOutputStream answer = new ByteArrayOutputStream();
            handler.handleRequest(new ByteArrayInputStream(payload), answer, context);
            return answer.toByteArray();
        };
    }

    /** The code of a function that was created without one: its class is not found. */
    static FunctionCode missing(String function) {
        return (payload, context) -> {
            throw new ClassNotFoundException(
                    "Function `" + function + "` has no code in memory. Register its code under the function's name.");
        };
    }
}
