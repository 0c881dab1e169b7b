package io.crois.testkit.aws.internal.s3;

import java.time.Instant;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** An upload in parts that is not completed; guarded by its operations. */
final class Upload {

    private final NavigableMap<Integer, Part> parts = new TreeMap<>();
    private final String bucket;
    private final String key;
    private final Map<String, String> headers;
    private final Map<String, String> metadata;
    private final @Nullable ChecksumKind checksum;
    private final boolean composite;

    /** A part that came in. */
    record Part(int number, Intake intake, Instant time) {

        String etag() {
            return Etags.quoted(intake.measured().md5());
        }
    }

    Upload(
            String bucket,
            String key,
            Map<String, String> headers,
            Map<String, String> metadata,
            @Nullable ChecksumKind checksum,
            boolean composite) {
        this.bucket = bucket;
        this.key = key;
        this.headers = headers;
        this.metadata = metadata;
        this.checksum = checksum;
        this.composite = composite;
    }

    boolean isAt(@Nullable String otherBucket, @Nullable String otherKey) {
        return bucket.equals(otherBucket) && key.equals(otherKey);
    }

    NavigableMap<Integer, Part> parts() {
        return parts;
    }

    String bucket() {
        return bucket;
    }

    String key() {
        return key;
    }

    Map<String, String> headers() {
        return headers;
    }

    Map<String, String> metadata() {
        return metadata;
    }

    @Nullable
    ChecksumKind checksum() {
        return checksum;
    }

    /** Says whether the checksum is that of the parts' checksums, not that of the bytes. */
    boolean composite() {
        return composite;
    }

    void drop() {
        parts.values().forEach(part -> part.intake().close());
        parts.clear();
    }
}
