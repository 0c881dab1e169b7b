package io.crois.runtime.agent.aws;

import io.crois.runtime.agent.http.HttpConnections;
import java.net.URI;
import java.time.Clock;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Region, endpoints and credentials, from the variables that all AWS SDKs read. */
record AwsSettings(String region, Map<String, String> environment, Credentials credentials) {

    /**
     * Reads the environment.
     *
     * @throws ServiceFailure if no Region is named and neither the task nor the machine tell it
     */
    static AwsSettings of(Map<String, String> environment, HttpConnections http) {
        String region = environment.getOrDefault("AWS_REGION", environment.get("AWS_DEFAULT_REGION"));
        return new AwsSettings(
                region == null || region.isEmpty() ? askForRegion(environment, http) : region,
                environment,
                Credentials.of(environment, http, Clock.systemUTC()));
    }

    private static String askForRegion(Map<String, String> environment, HttpConnections http) {
        String task = environment.get("ECS_CONTAINER_METADATA_URI_V4");
        if (task == null) {
            return new InstanceMetadata(http, environment).region();
        }
        String[] arn = MetadataCall.get(http, URI.create(task + "/task"), Map.of())
                .path("TaskARN")
                .asText()
                .split(":", -1);
        if (arn.length < 4) {
            throw ServiceFailure.local("Calls to AWS", "no Region is known; set `AWS_REGION`.");
        }
        return arn[3];
    }

    /** Returns the endpoint that the environment names for a service; {@code null} for that of AWS. */
    @Nullable
    URI endpoint(String service) {
        String url = environment.getOrDefault("AWS_ENDPOINT_URL_" + service, environment.get("AWS_ENDPOINT_URL"));
        return url == null || url.isEmpty() ? null : URI.create(url);
    }

    /** Returns the domain of AWS that a Region belongs to. */
    static String domain(String region) {
        return region.startsWith("cn-") ? "amazonaws.com.cn" : "amazonaws.com";
    }
}
