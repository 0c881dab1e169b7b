package io.crois.testkit.engine;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** The objects that a distributed Map reads its items from and writes its results to: Amazon S3, for the engine. */
public interface ObjectStore {

    /**
     * Reads an object.
     *
     * @throws ObjectStoreException if it cannot be read
     */
    byte[] read(String bucket, String key);

    /**
     * Lists objects below a prefix, in the order of their keys.
     *
     * @return one JSON object each as {@code ListObjectsV2} gives it: {@code Etag}, {@code Key}, {@code LastModified}
     *     (epoch seconds), {@code Size}, {@code StorageClass}
     * @throws ObjectStoreException if the bucket cannot be read
     */
    List<JsonNode> list(String bucket, String prefix);

    /**
     * Writes an object, over an earlier one.
     *
     * @throws ObjectStoreException if it cannot be written
     */
    void write(String bucket, String key, byte[] content);

    /** Refuses everything: for machines without distributed Maps over objects. */
    static ObjectStore none() {
        return new NoObjectStore();
    }
}
