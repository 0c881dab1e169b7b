package io.crois.testkit.aws.internal.lambda;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;

/**
 * How an invocation ended.
 *
 * @param requestId of the invocation
 * @param payload the function's answer, or the JSON that describes its failure
 * @param functionError {@code Unhandled} for a failure; {@code null} for an answer
 * @param errorType of a failure, such as {@code java.lang.IllegalStateException}
 */
public record FunctionAnswer(
        String requestId,
        SdkBytes payload,
        @Nullable String functionError,
        @Nullable String errorType) {

    static FunctionAnswer of(String requestId, byte[] payload) {
        return new FunctionAnswer(requestId, SdkBytes.fromByteArray(payload), null, null);
    }

    static FunctionAnswer failed(String requestId, String errorType, String payload) {
        return new FunctionAnswer(
                requestId, SdkBytes.fromString(payload, StandardCharsets.UTF_8), "Unhandled", errorType);
    }

    /** Returns the payload as text. */
    public String text() {
        return payload.asUtf8String();
    }
}
