package io.crois.table;

import io.crois.contract.ItemKey;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Supplier;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.s3.S3Client;

/** Keeps the JSON text of an item in its {@code body}, or in S3 with its key in {@code overflow} when it is large. */
final class BodyStore {
    private final Supplier<S3Client> s3;
    private final String bucket;

    BodyStore(Supplier<S3Client> s3, String bucket) {
        this.s3 = s3;
        this.bucket = bucket;
    }

    /** Adds the attribute that holds the text; writes the object first when the text is large. */
    void put(Map<String, AttributeValue> item, ItemKey key, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (ItemForm.fits(bytes)) {
            item.put("body", AttributeValue.fromS(text));
            return;
        }
        String object = ItemForm.overflowKey(key, bytes);
        putObject(object, bytes);
        item.put("overflow", AttributeValue.fromS(object));
    }

    void putObject(String key, String text) {
        putObject(key, text.getBytes(StandardCharsets.UTF_8));
    }

    private void putObject(String key, byte[] bytes) {
        s3.get().putObject(request -> request.bucket(bucket).key(key), RequestBody.fromBytes(bytes));
    }

    String bucket() {
        return bucket;
    }

    /** Returns the text that the item holds or points to. */
    String get(Map<String, AttributeValue> item) {
        AttributeValue body = item.get("body");
        if (body != null) {
            return body.s();
        }
        AttributeValue overflow = item.get("overflow");
        if (overflow == null) {
            throw new IllegalStateException("Item " + item.get("pk") + ", " + item.get("sk")
                    + " has neither `body` nor `overflow`; something other than Crois wrote it.");
        }
        String object = overflow.s();
        return s3.get()
                .getObjectAsBytes(request -> request.bucket(bucket).key(object))
                .asUtf8String();
    }
}
