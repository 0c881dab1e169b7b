package io.crois.testkit.aws.internal.s3;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Makes the exceptions that the service answers with. */
public final class S3Refusal {

    private S3Refusal() {}

    /** Returns the exception for a code that has no class of its own. */
    public static S3Exception of(int status, String code, String message) {
        return complete(S3Exception.builder(), status, code, message);
    }

    static S3Exception invalidArgument(String message) {
        return of(400, "InvalidArgument", message);
    }

    static S3Exception preconditionFailed() {
        return of(412, "PreconditionFailed", "At least one of the pre-conditions you specified did not hold");
    }

    static S3Exception noSuchKey() {
        return complete(NoSuchKeyException.builder(), 404, "NoSuchKey", "The specified key does not exist.");
    }

    static S3Exception noSuchBucket() {
        return complete(NoSuchBucketException.builder(), 404, "NoSuchBucket", "The specified bucket does not exist");
    }

    /** Completes a builder with everything but its class. */
    static S3Exception complete(S3Exception.Builder builder, int status, @Nullable String code, String message) {
        return (S3Exception) builder.awsErrorDetails(AwsErrorDetails.builder()
                        .serviceName("S3")
                        .errorCode(code)
                        .errorMessage(message)
                        .sdkHttpResponse(
                                SdkHttpResponse.builder().statusCode(status).build())
                        .build())
                .statusCode(status)
                .requestId("in-memory")
                .message(message)
                .build();
    }
}
