package io.crois.testkit.aws.internal.s3;

import java.time.Instant;
import java.util.Map;

/**
 * What is known of an object besides its bytes.
 *
 * @param key under which it lies in its bucket
 * @param size in bytes
 * @param etag in quotes
 * @param headers that it was put with and is answered with, by their names on the wire
 * @param metadata of the user
 * @param checksums by the names of their headers, with {@code x-amz-checksum-type}
 */
public record StoredObject(
        String key,
        long size,
        String etag,
        Instant lastModified,
        Map<String, String> headers,
        Map<String, String> metadata,
        Map<String, String> checksums) {

    /** Copies the collections. */
    public StoredObject {
        headers = Map.copyOf(headers);
        metadata = Map.copyOf(metadata);
        checksums = Map.copyOf(checksums);
    }
}
