package io.crois.runtime.agent.aws;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.matching;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is expected of whatever reads secrets, when Secrets Manager answers and when it does not. */
abstract class SecretSourceContract {
    private static final String SECRET = "s3cr3t-c0rrect-h0rse";

    @RegisterExtension
    private final WireMockExtension server = WireMockExtension.newInstance()
            .options(WireMockConfiguration.options().bindAddress("127.0.0.1").dynamicPort())
            .build();

    /** Returns a source that does not wait between its tries. */
    abstract SecretSource source(URI endpoint);

    @Test
    void a_secret_is_asked_for_by_a_signed_request_and_its_text_is_returned() {
        answers(found());

        assertThat(source().text("crois/demo/token")).contains(SECRET);

        server.verify(
                1,
                postRequestedFor(urlEqualTo("/"))
                        .withHeader("X-Amz-Target", matching("secretsmanager\\.GetSecretValue"))
                        .withHeader("Content-Type", matching("application/x-amz-json-1\\.1"))
                        .withHeader(
                                "Authorization",
                                matching("AWS4-HMAC-SHA256 Credential=ID/\\d{8}/us-east-1/secretsmanager/aws4_request,"
                                        + ".*x-amz-target.*, ?Signature=[0-9a-f]{64}"))
                        .withRequestBody(equalToJson("{\"SecretId\": \"crois/demo/token\"}")));
    }

    @Test
    void a_binary_secret_has_no_text() {
        answers(json(200, "{\"SecretBinary\": \"czNjcjN0\"}"));

        assertThat(source().text("crois/demo/token")).isEmpty();
    }

    @Test
    void a_call_that_is_throttled_and_meets_an_error_of_the_service_is_made_again() {
        answers(
                json(400, "{\"__type\": \"ThrottlingException\", \"message\": \"Rate exceeded\"}"),
                json(500, "{\"__type\": \"InternalServiceError\"}"),
                found());

        assertThat(source().text("crois/demo/token")).contains(SECRET);
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void a_call_whose_answer_is_cut_or_damaged_is_made_again(Fault fault) {
        answers(aResponse().withFault(fault), found());

        assertThat(source().text("crois/demo/token")).contains(SECRET);
    }

    @Test
    void a_secret_that_is_not_there_is_asked_for_once() {
        answers(json(400, "{\"__type\": \"ResourceNotFoundException\", \"message\": \"can't find it\"}"));

        assertThatThrownBy(() -> source().text("crois/demo/token"))
                .isInstanceOfSatisfying(
                        ServiceFailure.class,
                        failure -> assertThat(failure.code()).isEqualTo("ResourceNotFoundException"))
                .hasMessage("GetSecretValue was answered with 400 ResourceNotFoundException.");
        server.verify(1, postRequestedFor(urlEqualTo("/")));
    }

    @Test
    void a_caller_who_may_not_read_it_asks_once() {
        answers(json(400, "{\"__type\": \"AccessDeniedException\", \"Message\": \"not authorized\"}"));

        assertThatThrownBy(() -> source().text("crois/demo/token"))
                .hasMessage("GetSecretValue was answered with 400 AccessDeniedException.");
        server.verify(1, postRequestedFor(urlEqualTo("/")));
    }

    @Test
    void a_service_that_stays_in_trouble_is_given_up_with_its_error_and_without_the_secret() {
        server.stubFor(post("/")
                .willReturn(json(500, "{\"__type\": \"InternalServiceError\", \"message\": \"" + SECRET + "\"}")));

        ServiceFailure failure = catchThrowableOfType(ServiceFailure.class, () -> source().text("crois/demo/token"));

        assertThat(failure.kind()).isEqualTo(ServiceFailure.Kind.BROKEN);
        assertThat(failure.getMessage()).isEqualTo("GetSecretValue was answered with 500 InternalServiceError.");
    }

    @Test
    void an_answer_of_which_a_part_is_missing_shows_nothing_of_the_secret() {
        server.stubFor(post("/").willReturn(json(200, "{\"SecretString\": \"" + SECRET)));

        ServiceFailure failure = catchThrowableOfType(ServiceFailure.class, () -> source().text("crois/demo/token"));

        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace, true));
        assertThat(trace.toString()).contains("GetSecretValue").doesNotContain(SECRET);
    }

    private SecretSource source() {
        return source(URI.create(server.baseUrl()));
    }

    private static ResponseDefinitionBuilder found() {
        return json(200, "{\"Name\": \"crois/demo/token\", \"SecretString\": \"" + SECRET + "\"}");
    }

    private static ResponseDefinitionBuilder json(int status, String body) {
        return aResponse()
                .withStatus(status)
                .withHeader("Content-Type", "application/x-amz-json-1.1")
                .withBody(body);
    }

    /** Gives one answer after the other, and the last for ever. */
    private void answers(ResponseDefinitionBuilder... answers) {
        List<ResponseDefinitionBuilder> all = List.of(answers);
        for (int i = 0; i < all.size(); i++) {
            server.stubFor(post("/")
                    .inScenario("answers")
                    .whenScenarioStateIs(i == 0 ? Scenario.STARTED : "answer " + i)
                    .willReturn(all.get(i))
                    .willSetStateTo("answer " + Math.min(i + 1, all.size() - 1)));
        }
    }
}
