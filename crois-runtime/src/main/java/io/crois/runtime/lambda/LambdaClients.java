package io.crois.runtime.lambda;

import java.time.Duration;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;

/** Makes AWS clients for Lambda functions: over the JDK's own HTTP connections, shared by all of them. */
final class LambdaClients {
    private static final Duration LONGEST_ATTEMPT = Duration.ofSeconds(8);
    private static final Duration LONGEST_CALL = Duration.ofSeconds(20);
    private static final SdkHttpClient HTTP = UrlConnectionHttpClient.builder()
            .connectionTimeout(Duration.ofSeconds(2))
            .socketTimeout(LONGEST_ATTEMPT)
            .build();

    private LambdaClients() {}

    static <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C extends SdkClient> C create(B builder) {
        return builder.httpClient(HTTP)
                .overrideConfiguration(configuration ->
                        configuration.apiCallAttemptTimeout(LONGEST_ATTEMPT).apiCallTimeout(LONGEST_CALL))
                .build();
    }

    /** Returns a client that is made when it is first needed. */
    static <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C extends SdkClient> Supplier<C> onDemand(
            Supplier<B> builder) {
        return new OnDemand<>(() -> create(builder.get()));
    }
}
