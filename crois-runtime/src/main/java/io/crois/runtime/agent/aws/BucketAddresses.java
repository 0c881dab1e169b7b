package io.crois.runtime.agent.aws;

import io.crois.runtime.agent.http.HttpOrigin;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Where objects are asked for: at an endpoint of one's own by path, else at the bucket's own host. Thread-safe. */
final class BucketAddresses {
    private static final String REGION = "[a-z]{2}(-[a-z]+)+-[0-9]";

    private final AwsSettings aws;
    private final @Nullable URI endpoint;
    private final Map<String, String> regions = new ConcurrentHashMap<>();

    BucketAddresses(AwsSettings aws) {
        this.aws = aws;
        this.endpoint = aws.endpoint("S3");
    }

    record Address(HttpOrigin origin, String path, String region) {}

    Address of(ObjectPlace place) {
        String region = regions.getOrDefault(place.bucket(), aws.region());
        String key = "/" + UriText.path(place.key());
        if (endpoint != null) {
            String base =
                    endpoint.getRawPath() == null ? "" : endpoint.getRawPath().replaceAll("/+$", "");
            return new Address(HttpOrigin.of(endpoint), base + "/" + place.bucket() + key, region);
        }
        String host = "s3." + region + "." + AwsSettings.domain(region);
        // The certificate's wildcard covers one label only.
        return place.bucket().contains(".")
                ? new Address(new HttpOrigin(true, host, 443), "/" + place.bucket() + key, region)
                : new Address(new HttpOrigin(true, place.bucket() + "." + host, 443), key, region);
    }

    /** Takes down in which Region a bucket is; returns whether that was news. */
    boolean learn(String bucket, String region) {
        return region.matches(REGION)
                && !region.equals(regions.getOrDefault(bucket, aws.region()))
                && regions.put(bucket, region) == null;
    }
}
