package io.crois.runtime.agent.aws;

import io.crois.runtime.agent.http.HttpBody;
import io.crois.runtime.agent.http.HttpCall;
import io.crois.runtime.agent.http.HttpOrigin;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;

/**
 * Signs requests by Signature Version 4, with AWS's own signer. Bodies of objects are not signed; their checksums are,
 * as headers.
 */
final class RequestSigner {
    private final AwsV4HttpSigner signer = AwsV4HttpSigner.create();
    private final String service;
    private final Credentials credentials;
    private final Clock clock;

    RequestSigner(String service, Credentials credentials, Clock clock) {
        this.service = service;
        this.credentials = credentials;
        this.clock = clock;
    }

    /**
     * Returns the call with its signature.
     *
     * @param path encoded
     * @param query not encoded
     * @param signed the body, to be signed too; {@code null} where it is not
     */
    HttpCall sign(Request request, String region, byte @Nullable [] signed) {
        SdkHttpRequest.Builder unsigned = SdkHttpRequest.builder()
                .method(SdkHttpMethod.fromValue(request.method))
                // The signer signs every body that is not protected by TLS; here the checksum protects it.
                .protocol(signed == null || request.origin.secure() ? "https" : "http")
                .host(request.origin.host())
                .port(request.origin.port())
                .encodedPath(request.path);
        request.query.forEach(unsigned::putRawQueryParameter);
        request.headers.forEach(unsigned::putHeader);
        SdkHttpRequest bare = unsigned.build();
        SdkHttpRequest ready = signer.sign(sign -> {
                    sign.identity(credentials.identity())
                            .request(bare)
                            .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, service)
                            .putProperty(AwsV4HttpSigner.REGION_NAME, region)
                            .putProperty(AwsV4HttpSigner.DOUBLE_URL_ENCODE, !service.equals("s3"))
                            .putProperty(AwsV4HttpSigner.NORMALIZE_PATH, !service.equals("s3"))
                            .putProperty(AwsV4HttpSigner.PAYLOAD_SIGNING_ENABLED, signed != null)
                            .putProperty(HttpSigner.SIGNING_CLOCK, clock);
                    if (signed != null) {
                        sign.payload(ContentStreamProvider.fromByteArray(signed));
                    }
                })
                .request();
        Map<String, String> headers = new HashMap<>();
        ready.headers().forEach((name, values) -> headers.put(name, values.get(0)));
        String target = request.path
                + bare.encodedQueryParameters().map(text -> "?" + text).orElse("");
        return new HttpCall(request.origin, request.method, target, headers, request.body);
    }

    /** What is asked, not signed yet. */
    record Request(
            HttpOrigin origin,
            String method,
            String path,
            Map<String, String> query,
            Map<String, String> headers,
            HttpBody body) {}
}
