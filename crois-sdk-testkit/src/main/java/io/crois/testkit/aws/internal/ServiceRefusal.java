package io.crois.testkit.aws.internal;

import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.http.SdkHttpResponse;

/** Completes the exceptions that services answer with. */
public final class ServiceRefusal {

    private ServiceRefusal() {}

    /** Completes the builder of an exception that is named as its error code is; the status is 400. */
    public static AwsServiceException of(AwsServiceException.Builder builder, String service, String message) {
        String code = builder.build().getClass().getSimpleName();
        return of(builder, service, 400, code, message);
    }

    /** Completes the builder of any exception. */
    public static AwsServiceException of(
            AwsServiceException.Builder builder, String service, int status, String code, String message) {
        return builder.awsErrorDetails(AwsErrorDetails.builder()
                        .serviceName(service)
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
