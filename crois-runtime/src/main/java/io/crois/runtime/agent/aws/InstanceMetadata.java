package io.crois.runtime.agent.aws;

import com.fasterxml.jackson.databind.JsonNode;
import io.crois.runtime.agent.http.HttpConnections;
import io.crois.wire.JsonText;
import java.net.URI;
import java.util.Map;

/** The metadata of an EC2 machine, by IMDSv2. */
final class InstanceMetadata {
    private static final String CREDENTIALS = "/latest/meta-data/iam/security-credentials/";

    private final HttpConnections http;
    private final URI endpoint;

    InstanceMetadata(HttpConnections http, Map<String, String> environment) {
        this.http = http;
        this.endpoint =
                URI.create(environment.getOrDefault("AWS_EC2_METADATA_SERVICE_ENDPOINT", "http://169.254.169.254"));
    }

    CredentialSource.Timed credentials() {
        Map<String, String> session = session();
        String role = text(CREDENTIALS, session).strip();
        JsonNode json = JsonText.parse(text(CREDENTIALS + role, session));
        return Credentials.read(json);
    }

    String region() {
        return text("/latest/meta-data/placement/region", session()).strip();
    }

    private Map<String, String> session() {
        Map<String, String> life = Map.of("X-aws-ec2-metadata-token-ttl-seconds", "21600");
        String token = MetadataCall.text(http, "PUT", endpoint.resolve("/latest/api/token"), life);
        return Map.of("X-aws-ec2-metadata-token", token.strip());
    }

    private String text(String path, Map<String, String> session) {
        return MetadataCall.text(http, "GET", endpoint.resolve(path), session);
    }
}
