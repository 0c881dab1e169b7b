package io.crois.testkit.aws.internal.integration;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** What optimized integrations add to the answers of services. */
final class SdkMetadata {

    private static final String CONTENT_TYPE = "application/x-amz-json-1.1";

    private SdkMetadata() {}

    /** Adds {@code SdkHttpMetadata} and {@code SdkResponseMetadata}, and returns the same object. */
    static ObjectNode add(ObjectNode answer, String requestId, int status) {
        ObjectNode http = answer.putObject("SdkHttpMetadata");
        ObjectNode all = http.putObject("AllHttpHeaders");
        one(all, "x-amzn-RequestId", requestId);
        one(all, "Content-Type", CONTENT_TYPE);
        http.putObject("HttpHeaders").put("Content-Type", CONTENT_TYPE).put("x-amzn-RequestId", requestId);
        http.put("HttpStatusCode", status);
        answer.putObject("SdkResponseMetadata").put("RequestId", requestId);
        return answer;
    }

    private static void one(ObjectNode headers, String name, String value) {
        ArrayNode values = headers.putArray(name);
        values.add(value);
    }
}
