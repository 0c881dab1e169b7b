package io.crois.runtime.agent.aws;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.crois.runtime.agent.http.HttpConnections;
import io.crois.runtime.agent.http.HttpLimits;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class HttpSecretSourceTest extends SecretSourceContract {
    private final HttpConnections http =
            HttpConnections.create(new HttpLimits(Duration.ofMinutes(1), Duration.ofMinutes(1), 100_000));
    private final HttpConnections impatient =
            HttpConnections.create(new HttpLimits(Duration.ofMinutes(1), Duration.ofMillis(500), 100_000));

    @RegisterExtension
    private final WireMockExtension slow = WireMockExtension.newInstance()
            .options(WireMockConfiguration.options().bindAddress("127.0.0.1").dynamicPort())
            .build();

    @AfterEach
    void close() {
        http.close();
        impatient.close();
    }

    @Override
    SecretSource source(URI endpoint) {
        return source(http, endpoint, 4);
    }

    @Test
    void a_server_that_hangs_is_given_up_after_the_tries_there_are() {
        slow.stubFor(post("/").willReturn(aResponse().withFixedDelay(60_000)));

        assertThatThrownBy(
                        () -> source(impatient, URI.create(slow.baseUrl()), 2).text("crois/demo/token"))
                .isInstanceOf(ServiceFailure.class)
                .hasMessageStartingWith("GetSecretValue was not answered: ");
        assertThat(slow.getAllServeEvents()).hasSizeLessThanOrEqualTo(2);
    }

    private static SecretSource source(HttpConnections http, URI endpoint, int tries) {
        AwsSettings aws = AwsSettings.of(
                Map.of(
                        "AWS_REGION",
                        "us-east-1",
                        "AWS_ACCESS_KEY_ID",
                        "ID",
                        "AWS_SECRET_ACCESS_KEY",
                        "KEY",
                        "AWS_ENDPOINT_URL_SECRETS_MANAGER",
                        endpoint.toString()),
                http);
        Retries retries = new Retries(tries, Duration.ofMillis(1), Duration.ofMillis(1), time -> {}, new Random(1));
        return new HttpSecretSource(JsonService.secretsManager(http, aws, retries, Clock.systemUTC()));
    }
}
