package io.crois.runtime.agent.aws;

import com.fasterxml.jackson.databind.JsonNode;
import io.crois.runtime.agent.http.HttpConnections;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The credentials of the container, from the first of: the environment ({@code AWS_ACCESS_KEY_ID},
 * {@code AWS_SECRET_ACCESS_KEY}, {@code AWS_SESSION_TOKEN}), the container's endpoint
 * ({@code AWS_CONTAINER_CREDENTIALS_RELATIVE_URI} or {@code …_FULL_URI}, the task's role), the machine's metadata.
 * Fetched when first needed and again five minutes before they end. Thread-safe.
 */
final class Credentials {
    private static final URI CONTAINER = URI.create("http://169.254.170.2");
    private static final Duration EARLY = Duration.ofMinutes(5);

    private final CredentialSource source;
    private final Clock clock;
    private CredentialSource.@Nullable Timed known;

    Credentials(CredentialSource source, Clock clock) {
        this.source = source;
        this.clock = clock;
    }

    static Credentials of(Map<String, String> environment, HttpConnections http, Clock clock) {
        return new Credentials(source(environment, http), clock);
    }

    private static CredentialSource source(Map<String, String> environment, HttpConnections http) {
        String id = environment.get("AWS_ACCESS_KEY_ID");
        String secret = environment.get("AWS_SECRET_ACCESS_KEY");
        if (id != null && secret != null) {
            Identity identity = Identity.of(id, secret, environment.get("AWS_SESSION_TOKEN"));
            return new CredentialSource.Timed(identity, null);
        }
        String relative = environment.get("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI");
        String full = environment.get("AWS_CONTAINER_CREDENTIALS_FULL_URI");
        if (relative != null) {
            return () -> container(http, CONTAINER.resolve(relative), Map.of());
        }
        if (full != null) {
            return () -> container(http, URI.create(full), authorization(environment));
        }
        return new InstanceMetadata(http, environment)::credentials;
    }

    private static CredentialSource.Timed container(HttpConnections http, URI url, Map<String, String> headers) {
        return read(MetadataCall.get(http, url, headers));
    }

    private static Map<String, String> authorization(Map<String, String> environment) {
        String file = environment.get("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE");
        String token = environment.get("AWS_CONTAINER_AUTHORIZATION_TOKEN");
        Map<String, String> headers = new LinkedHashMap<>();
        try {
            String value = file != null ? Files.readString(Path.of(file)).strip() : token;
            if (value != null) {
                headers.put("Authorization", value);
            }
        } catch (IOException e) {
            throw ServiceFailure.local(
                    "The call for credentials", "`AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE` cannot be read.");
        }
        return headers;
    }

    /** Reads what the endpoints of containers and machines answer. */
    static CredentialSource.Timed read(JsonNode json) {
        String id = json.path("AccessKeyId").asText();
        String secret = json.path("SecretAccessKey").asText();
        if (id.isEmpty() || secret.isEmpty()) {
            throw ServiceFailure.wrong("The call for credentials", "there are none in the answer.");
        }
        JsonNode token = json.path("Token");
        JsonNode until = json.path("Expiration");
        return new CredentialSource.Timed(
                Identity.of(id, secret, token.isTextual() ? token.asText() : null),
                until.isTextual() ? Instant.parse(until.asText()) : null);
    }

    synchronized Identity identity() {
        CredentialSource.Timed last = known;
        if (last != null
                && (last.until() == null
                        || clock.instant().isBefore(last.until().minus(EARLY)))) {
            return last.identity();
        }
        try {
            CredentialSource.Timed fresh = source.fetch();
            known = fresh;
            return fresh.identity();
        } catch (ServiceFailure e) {
            if (last != null && last.until() != null && clock.instant().isBefore(last.until())) {
                return last.identity();
            }
            throw e;
        }
    }

    /** A service says that they are too old: the next call fetches them anew. */
    synchronized void renew() {
        known = null;
    }
}
