package io.crois.execution;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.crois.contract.Json;
import java.util.Optional;

/**
 * Why an execution did not succeed.
 *
 * @param error the error name that Step Functions shows: the class of a step's failure ({@code OutOfMemory}), the error
 *     of a {@code fail}, {@code States.Timeout}, …
 * @param message a sentence or more for a person
 */
public record ExecutionFailure(String error, String message) {
    private static final String FUNCTIONS = "io.crois.runtime.lambda.";

    /** Reads the cause: that of a function holds the message within JSON, that of a {@code fail} is the message. */
    static Optional<ExecutionFailure> of(String error, String cause) {
        return error.isEmpty() && cause.isEmpty()
                ? Optional.empty()
                : Optional.of(new ExecutionFailure(shortName(error), message(cause)));
    }

    /** Returns the error of a function without the package of its exception. */
    private static String shortName(String error) {
        return error.startsWith(FUNCTIONS) ? error.substring(error.lastIndexOf('.') + 1) : error;
    }

    private static String message(String cause) {
        String thrown = member(cause, "errorMessage");
        String told = member(thrown, "message");
        return told.isEmpty() ? cause : told;
    }

    /** Returns a member of a JSON object, or the text itself if it is none. */
    private static String member(String text, String name) {
        if (!text.startsWith("{")) {
            return text;
        }
        return tree(text).path(name).asText(text);
    }

    private static JsonNode tree(String text) {
        try {
            return Json.parse(text);
        } catch (IllegalArgumentException cutShort) {
            return MissingNode.getInstance();
        }
    }

    @Override
    public String toString() {
        return error.isEmpty() ? message : error + ": " + message;
    }
}
