package io.crois.runtime.agent.aws;

import com.fasterxml.jackson.databind.JsonNode;
import io.crois.runtime.agent.http.HttpConnections;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the metadata endpoint of ECS (version 4) tells of this container, on Fargate and on the machines of Batch. */
final class TaskMetadata implements ImageSource {
    private static final String ENDPOINT = "ECS_CONTAINER_METADATA_URI_V4";
    private static final String ALGORITHM = "sha256:";

    private final HttpConnections http;
    private final @Nullable String endpoint;

    TaskMetadata(HttpConnections http, Map<String, String> environment) {
        this.http = http;
        this.endpoint = environment.get(ENDPOINT);
    }

    /** An attempt does not fail because nobody tells what it ran in. */
    @Override
    public @Nullable String digest() {
        if (endpoint == null || endpoint.isEmpty()) {
            return null;
        }
        try {
            JsonNode digest =
                    MetadataCall.get(http, URI.create(endpoint), Map.of()).path("ImageID");
            return digest.isTextual() && digest.textValue().startsWith(ALGORITHM) ? digest.textValue() : null;
        } catch (ServiceFailure | IllegalArgumentException e) {
            return null;
        }
    }
}
