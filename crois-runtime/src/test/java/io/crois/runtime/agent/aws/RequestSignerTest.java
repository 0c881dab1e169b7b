package io.crois.runtime.agent.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.crois.runtime.agent.http.HttpBody;
import io.crois.runtime.agent.http.HttpCall;
import io.crois.runtime.agent.http.HttpOrigin;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;

/** Signatures are those that AWS's own signer makes of the same requests. */
final class RequestSignerTest {
    private static final String SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
    private static final int ROUNDS = 300;

    private final Random random = new Random(4);
    private final AwsV4HttpSigner oracle = AwsV4HttpSigner.create();

    @Test
    void an_object_is_asked_for_with_the_signature_of_the_sdk() {
        for (int round = 0; round < ROUNDS; round++) {
            Map<String, String> headers = headers();
            headers.put("x-amz-checksum-sha256", word());
            String path = "/bucket/" + UriText.path(word() + "/" + word());

            assertSame("s3", "PUT", path, query(), headers, null);
        }
    }

    @Test
    void an_item_is_asked_for_with_the_signature_of_the_sdk() {
        for (int round = 0; round < ROUNDS; round++) {
            Map<String, String> headers = headers();
            headers.put("X-Amz-Target", "DynamoDB_20120810.GetItem");

            assertSame("dynamodb", "POST", "/", Map.of(), headers, word().getBytes(StandardCharsets.UTF_8));
        }
    }

    private void assertSame(
            String service,
            String method,
            String path,
            Map<String, String> query,
            Map<String, String> headers,
            byte[] body) {
        Clock clock = Clock.fixed(Instant.ofEpochSecond(random.nextLong(4_000_000_000L)), ZoneOffset.UTC);
        String token = random.nextBoolean() ? null : "token/" + random.nextInt();
        HttpOrigin origin = new HttpOrigin(random.nextBoolean(), "host" + random.nextInt(9), port());
        Credentials credentials =
                new Credentials(new CredentialSource.Timed(Identity.of("AKID", SECRET, token), null), clock);
        var request = new RequestSigner.Request(origin, method, path, query, headers, HttpBody.EMPTY);

        HttpCall call = new RequestSigner(service, credentials, clock).sign(request, "eu-central-1", body);

        SdkHttpRequest expected = expected(service, call, path, query, headers, clock, token, body);
        assertThat(call.headers().get("Authorization"))
                .isEqualTo(expected.firstMatchingHeader("Authorization").orElseThrow());
        assertThat(call.headers().get("x-amz-content-sha256"))
                .isEqualTo(expected.firstMatchingHeader("x-amz-content-sha256").orElse(null));
        assertThat(call.target()).startsWith(path);
    }

    private SdkHttpRequest expected(
            String service,
            HttpCall call,
            String path,
            Map<String, String> query,
            Map<String, String> headers,
            Clock clock,
            String token,
            byte[] body) {
        SdkHttpRequest.Builder bare = SdkHttpRequest.builder()
                .method(SdkHttpMethod.fromValue(call.method()))
                .protocol(body == null || call.origin().secure() ? "https" : "http")
                .host(call.origin().host())
                .port(call.origin().port())
                .encodedPath(path);
        query.forEach(bare::putRawQueryParameter);
        headers.forEach(bare::putHeader);
        // What the SDK takes for the default port depends on the protocol that it is told.
        bare.putHeader("Host", call.origin().authority());
        AwsCredentialsIdentity identity = token == null
                ? AwsCredentialsIdentity.create("AKID", SECRET)
                : AwsSessionCredentialsIdentity.create("AKID", SECRET, token);
        return oracle.sign(sign -> {
                    sign.identity(identity)
                            .request(bare.build())
                            .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, service)
                            .putProperty(AwsV4HttpSigner.REGION_NAME, "eu-central-1")
                            .putProperty(AwsV4HttpSigner.DOUBLE_URL_ENCODE, !service.equals("s3"))
                            .putProperty(AwsV4HttpSigner.NORMALIZE_PATH, !service.equals("s3"))
                            .putProperty(AwsV4HttpSigner.PAYLOAD_SIGNING_ENABLED, body != null)
                            .putProperty(HttpSigner.SIGNING_CLOCK, clock);
                    if (body != null) {
                        sign.payload(ContentStreamProvider.fromByteArray(body));
                    }
                })
                .request();
    }

    private int port() {
        return List.of(80, 443, 8080).get(random.nextInt(3));
    }

    private Map<String, String> headers() {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", "application/octet-stream");
        headers.put("If-Match", "\"" + random.nextInt() + "\"");
        headers.put("x-amz-meta-crois-upload", "a  b   c " + random.nextInt(9));
        return headers;
    }

    private Map<String, String> query() {
        return random.nextBoolean()
                ? Map.of("uploads", "")
                : Map.of("partNumber", "7", "uploadId", word(), "a b", word());
    }

    private String word() {
        int[] points = "aZ09-._~ !*'()@:;&=+$,?#[]%äß日\ud83d\ude00".codePoints().toArray();
        StringBuilder word = new StringBuilder("w");
        for (int i = random.nextInt(12); i >= 0; i--) {
            word.appendCodePoint(points[random.nextInt(points.length)]);
        }
        return word.toString();
    }
}
