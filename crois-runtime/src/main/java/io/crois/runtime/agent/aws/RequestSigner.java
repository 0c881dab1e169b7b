package io.crois.runtime.agent.aws;

import io.crois.contract.UtcText;
import io.crois.runtime.agent.http.HttpBody;
import io.crois.runtime.agent.http.HttpCall;
import io.crois.runtime.agent.http.HttpOrigin;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Signs requests by Signature Version 4, as the IAM User Guide describes it. All headers are signed. Bodies of objects
 * are not; their checksums are, as headers. Thread-safe.
 */
final class RequestSigner {
    private static final String ALGORITHM = "AWS4-HMAC-SHA256";
    private static final String END = "aws4_request";
    private static final String UNSIGNED = "UNSIGNED-PAYLOAD";
    private static final int DAY = 8;

    private final String service;
    private final boolean objects;
    private final Credentials credentials;
    private final Clock clock;
    private volatile @Nullable Key key;

    RequestSigner(String service, Credentials credentials, Clock clock) {
        this.service = service;
        this.objects = service.equals("s3");
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
        Identity identity = credentials.identity();
        String time = UtcText.compact(clock.instant());
        String query = UriText.query(request.query);
        String content = signed == null ? UNSIGNED : Sha256.hex(signed);
        Map<String, String> headers = new LinkedHashMap<>(request.headers);
        headers.put("Host", request.origin.authority());
        headers.put("X-Amz-Date", time);
        headers.put("x-amz-content-sha256", content);
        if (identity.token() != null) {
            headers.put("X-Amz-Security-Token", identity.token());
        }
        headers.put("Authorization", authorization(request, query, headers, content, identity, time, region));
        String target = query.isEmpty() ? request.path : request.path + "?" + query;
        return new HttpCall(request.origin, request.method, target, headers, request.body);
    }

    private String authorization(
            Request request,
            String query,
            Map<String, String> headers,
            String content,
            Identity identity,
            String time,
            String region) {
        StringBuilder canonical = new StringBuilder(1024);
        canonical.append(request.method).append('\n');
        canonical.append(objects ? request.path : UriText.path(request.path)).append('\n');
        canonical.append(query).append('\n');
        String names = addHeaders(canonical, headers);
        canonical.append('\n').append(names).append('\n').append(content);
        Key daily = key(identity, time.substring(0, DAY), region);
        String text = ALGORITHM + "\n" + time + "\n" + daily.scope + "\n"
                + Sha256.hex(canonical.toString().getBytes(StandardCharsets.UTF_8));
        return ALGORITHM + " Credential=" + identity.id() + "/" + daily.scope + ", SignedHeaders=" + names
                + ", Signature=" + HexFormat.of().formatHex(Sha256.hmac(daily.bytes, text));
    }

    /** Returns the names of the headers that it adds. */
    private static String addHeaders(StringBuilder canonical, Map<String, String> headers) {
        Map<String, String> sorted = new TreeMap<>();
        for (Map.Entry<String, String> header : headers.entrySet()) {
            sorted.put(header.getKey().toLowerCase(Locale.ROOT), header.getValue());
        }
        StringBuilder names = new StringBuilder();
        for (Map.Entry<String, String> header : sorted.entrySet()) {
            canonical.append(header.getKey()).append(':');
            addTrimmed(canonical, header.getValue());
            canonical.append('\n');
            names.append(names.isEmpty() ? "" : ";").append(header.getKey());
        }
        return names.toString();
    }

    /** Several spaces count as one. */
    private static void addTrimmed(StringBuilder canonical, String value) {
        String bare = value.strip();
        for (int i = 0; i < bare.length(); i++) {
            char character = bare.charAt(i);
            if (character != ' ' || bare.charAt(i - 1) != ' ') {
                canonical.append(character);
            }
        }
    }

    /** The key of a day and a Region is made once: that is half of the work for a small request. */
    private Key key(Identity identity, String day, String region) {
        String scope = day + "/" + region + "/" + service + "/" + END;
        Key known = key;
        if (known != null && known.scope.equals(scope) && known.secret.equals(identity.secret())) {
            return known;
        }
        byte[] bytes = ("AWS4" + identity.secret()).getBytes(StandardCharsets.UTF_8);
        bytes = Sha256.hmac(bytes, day);
        bytes = Sha256.hmac(bytes, region);
        bytes = Sha256.hmac(bytes, service);
        Key fresh = new Key(scope, identity.secret(), Sha256.hmac(bytes, END));
        key = fresh;
        return fresh;
    }

    private static final class Key {
        private final String scope;
        private final String secret;
        private final byte[] bytes;

        private Key(String scope, String secret, byte[] bytes) {
            this.scope = scope;
            this.secret = secret;
            this.bytes = bytes;
        }
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
