package io.crois.testkit.aws.internal.dynamodb;

import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

/** Makes the exceptions that the service answers with. */
public final class Refusal {

    private Refusal() {}

    /** Returns the {@code ValidationException} with this message. */
    public static DynamoDbException validation(String message) {
        return (DynamoDbException) DynamoDbException.builder()
                .awsErrorDetails(details("ValidationException", message))
                .statusCode(400)
                .requestId("in-memory")
                .message(message)
                .build();
    }

    /** Returns the details that the exceptions of all operations carry. */
    public static AwsErrorDetails details(String code, String message) {
        return AwsErrorDetails.builder()
                .serviceName("DynamoDb")
                .errorCode(code)
                .errorMessage(message)
                .sdkHttpResponse(SdkHttpResponse.builder().statusCode(400).build())
                .build();
    }
}
