package io.crois.testkit.aws.internal.integration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/**
 * The operations of Amazon S3 whose objects stream: in Step Functions their {@code Body} is a field, which is written
 * as JSON.
 */
final class S3Operations {

    private static final String BODY = "Body";
    private static final String CONTENT_TYPE = "ContentType";

    private final S3Client s3;
    private final SdkJson json = SdkJson.ofSdk();

    S3Operations(S3Client s3) {
        this.s3 = s3;
    }

    /** Returns the operation, if it streams. */
    Optional<Operation> find(String action) {
        return switch (action) {
            case "getObject" -> Optional.of(this::get);
            case "putObject" -> Optional.of(this::put);
            default -> Optional.empty();
        };
    }

    private ObjectNode get(JsonNode arguments) {
        GetObjectRequest request = (GetObjectRequest) SdkArguments.read(arguments, GetObjectRequest.builder());
        ResponseBytes<GetObjectResponse> object = s3.getObjectAsBytes(request);
        return json.write(object.response()).put(BODY, object.asUtf8String());
    }

    private ObjectNode put(JsonNode arguments) {
        if (!(arguments instanceof ObjectNode object)) {
            return json.write(s3.putObject(
                    (PutObjectRequest) SdkArguments.read(arguments, PutObjectRequest.builder()), RequestBody.empty()));
        }
        ObjectNode fields = object.deepCopy();
        JsonNode body = fields.remove(BODY);
        if (body != null && !fields.hasNonNull(CONTENT_TYPE)) {
            fields.put(CONTENT_TYPE, "text/plain; charset=UTF-8");
        }
        PutObjectRequest request = (PutObjectRequest) SdkArguments.read(fields, PutObjectRequest.builder());
        return json.write(s3.putObject(request, body(body)));
    }

    /** A text keeps its quotes, and a null is written as such. */
    private static RequestBody body(@Nullable JsonNode body) {
        return body == null ? RequestBody.empty() : RequestBody.fromString(body.toString());
    }
}
