package io.crois.runtime.agent.aws;

import com.fasterxml.jackson.databind.JsonNode;
import io.crois.runtime.agent.http.HttpAnswer;
import io.crois.runtime.agent.http.HttpBody;
import io.crois.runtime.agent.http.HttpConnections;
import io.crois.runtime.agent.http.HttpOrigin;
import io.crois.wire.JsonText;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.zip.CRC32;

/**
 * A service that speaks AWS JSON: one operation a header, one object there and back. Repeats its calls. Thread-safe.
 */
final class JsonService {
    private static final int LIMIT_BYTES = 16 * 1024 * 1024;

    private final HttpConnections http;
    private final HttpOrigin origin;
    private final String path;
    private final AwsSettings aws;
    private final RequestSigner signer;
    private final Retries retries;
    private final String prefix;
    private final String version;

    private JsonService(HttpConnections http, AwsSettings aws, Retries retries, Clock clock, Protocol protocol) {
        URI own = aws.endpoint(protocol.variable);
        URI endpoint = own != null
                ? own
                : URI.create("https://" + protocol.signingName + "." + aws.region() + "."
                        + AwsSettings.domain(aws.region()));
        this.http = http;
        this.origin = HttpOrigin.of(endpoint);
        this.path = endpoint.getRawPath() == null || endpoint.getRawPath().isEmpty() ? "/" : endpoint.getRawPath();
        this.aws = aws;
        this.signer = new RequestSigner(protocol.signingName, aws.credentials(), clock);
        this.retries = retries;
        this.prefix = protocol.prefix;
        this.version = protocol.version;
    }

    private record Protocol(String variable, String signingName, String prefix, String version) {}

    static JsonService dynamoDb(HttpConnections http, AwsSettings aws, Retries retries, Clock clock) {
        Protocol protocol = new Protocol("DYNAMODB", "dynamodb", "DynamoDB_20120810.", "1.0");
        return new JsonService(http, aws, retries, clock, protocol);
    }

    static JsonService secretsManager(HttpConnections http, AwsSettings aws, Retries retries, Clock clock) {
        Protocol protocol = new Protocol("SECRETS_MANAGER", "secretsmanager", "secretsmanager.", "1.1");
        return new JsonService(http, aws, retries, clock, protocol);
    }

    static JsonService kms(HttpConnections http, AwsSettings aws, Retries retries, Clock clock) {
        Protocol protocol = new Protocol("KMS", "kms", "TrentService.", "1.1");
        return new JsonService(http, aws, retries, clock, protocol);
    }

    JsonNode call(String operation, JsonNode input) {
        byte[] body = JsonText.bytes(input);
        return retries.call(() -> once(operation, body));
    }

    /** Makes the input anew for each try. */
    JsonNode callAnew(String operation, Supplier<JsonNode> input) {
        return retries.call(() -> once(operation, JsonText.bytes(input.get())));
    }

    private JsonNode once(String operation, byte[] body) {
        Map<String, String> headers =
                Map.of("X-Amz-Target", prefix + operation, "Content-Type", "application/x-amz-json-" + version);
        var request = new RequestSigner.Request(origin, "POST", path, Map.of(), headers, HttpBody.of(body));
        try (HttpAnswer answer = http.send(signer.sign(request, aws.region(), body))) {
            byte[] bytes = answer.bytes(LIMIT_BYTES);
            check(operation, answer.header("x-amz-crc32"), bytes);
            JsonNode json = read(operation, bytes, answer.status());
            if (answer.status() == 200) {
                return json;
            }
            throw refused(operation, answer.status(), json);
        } catch (IOException e) {
            throw ServiceFailure.broken(operation, e);
        }
    }

    private ServiceFailure refused(String operation, int status, JsonNode json) {
        String type = json.path("__type").asText("");
        String code = type.substring(type.indexOf('#') + 1);
        ServiceFailure failure = ServiceFailure.answered(operation, status, code, "");
        if (failure.kind() == ServiceFailure.Kind.EXPIRED) {
            aws.credentials().renew();
        }
        return failure;
    }

    /** DynamoDB tells the checksum of each answer. */
    private static void check(String operation, Optional<String> told, byte[] bytes) {
        CRC32 crc = new CRC32();
        crc.update(bytes);
        if (told.isPresent() && !told.get().equals(Long.toString(crc.getValue()))) {
            throw ServiceFailure.wrong(operation, "it does not have its checksum.");
        }
    }

    private static JsonNode read(String operation, byte[] bytes, int status) {
        try {
            return JsonText.parse(bytes);
        } catch (IllegalArgumentException e) {
            if (status == 200) {
                throw ServiceFailure.wrong(operation, "it is no JSON.");
            }
            return JsonText.object();
        }
    }
}
