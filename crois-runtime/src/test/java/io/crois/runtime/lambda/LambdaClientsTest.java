package io.crois.runtime.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.SfnClientBuilder;

final class LambdaClientsTest {
    /** Nobody listens on this port. */
    private static final URI NOBODY = URI.create("http://127.0.0.1:1");

    private final AtomicInteger made = new AtomicInteger();

    @Test
    void a_client_on_demand_is_made_once_and_by_its_first_call() {
        Supplier<SfnClient> sfn = LambdaClients.onDemand(this::builder);
        assertThat(made).hasValue(0);

        assertThat(sfn.get().serviceName()).isEqualTo("states");
        assertThat(sfn.get().serviceName()).isEqualTo("states");

        assertThat(made).hasValue(1);
    }

    private SfnClientBuilder builder() {
        made.incrementAndGet();
        return SfnClient.builder()
                .endpointOverride(NOBODY)
                .region(Region.EU_WEST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")));
    }
}
