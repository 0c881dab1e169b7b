package io.crois.testkit.engine;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** Stands where no objects are to be had. */
final class NoObjectStore implements ObjectStore {

    @Override
    public byte[] read(String bucket, String key) {
        throw refusal(bucket);
    }

    @Override
    public List<JsonNode> list(String bucket, String prefix) {
        throw refusal(bucket);
    }

    @Override
    public void write(String bucket, String key, byte[] content) {
        throw refusal(bucket);
    }

    private static ObjectStoreException refusal(String bucket) {
        return new ObjectStoreException("NoSuchBucket", "The bucket `" + bucket + "` does not exist.");
    }
}
