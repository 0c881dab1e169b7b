package io.crois.testkit.aws.internal.integration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.crois.testkit.engine.ObjectStore;
import io.crois.testkit.engine.ObjectStoreException;
import java.util.List;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/** The objects that distributed Maps read and write, in Amazon S3. */
public final class S3ObjectStore implements ObjectStore {

    private final S3Client s3;

    /** Creates the store. */
    public S3ObjectStore(S3Client s3) {
        this.s3 = s3;
    }

    @Override
    public byte[] read(String bucket, String key) {
        return told(() ->
                s3.getObjectAsBytes(request -> request.bucket(bucket).key(key)).asByteArray());
    }

    @Override
    public List<JsonNode> list(String bucket, String prefix) {
        return told(() ->
                s3.listObjectsV2Paginator(request -> request.bucket(bucket).prefix(prefix)).contents().stream()
                        .map(S3ObjectStore::entry)
                        .toList());
    }

    private static JsonNode entry(S3Object object) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("Etag", object.eTag())
                .put("Key", object.key())
                .put("LastModified", object.lastModified().getEpochSecond())
                .put("Size", object.size())
                .put("StorageClass", object.storageClassAsString());
    }

    @Override
    public void write(String bucket, String key, byte[] content) {
        told(() -> s3.putObject(request -> request.bucket(bucket).key(key), RequestBody.fromBytes(content)));
    }

    private static <T> T told(Supplier<T> work) {
        try {
            return work.get();
        } catch (AwsServiceException e) {
            throw new ObjectStoreException(
                    e.awsErrorDetails().errorCode(), e.awsErrorDetails().errorMessage());
        }
    }
}
