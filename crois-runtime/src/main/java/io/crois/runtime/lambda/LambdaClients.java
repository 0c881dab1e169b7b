package io.crois.runtime.lambda;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
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

    /**
     * Returns a client that is made by its first call. Most events need the table alone, and to make a client takes a
     * good part of a start.
     */
    static <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C extends SdkClient> C onDemand(
            Class<C> type, Supplier<B> builder) {
        InvocationHandler handler = new OnDemand<>(() -> create(builder.get()));
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    /** Passes calls on to a client; makes it before the first. */
    private static final class OnDemand<C> implements InvocationHandler {
        private final Supplier<C> maker;
        private @Nullable C client;

        OnDemand(Supplier<C> maker) {
            this.maker = maker;
        }

        @Override
        public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
            try {
                return method.invoke(client(), arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause() == null ? e : e.getCause();
            }
        }

        private synchronized C client() {
            C made = client;
            if (made == null) {
                made = maker.get();
                client = made;
            }
            return made;
        }
    }
}
