package io.crois.testkit.aws.internal.s3;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkClientException;

/** Checks of names and sizes that come before everything else. */
final class ObjectChecks {

    private static final int MAX_KEY_BYTES = 1024;
    private static final int MAX_METADATA_BYTES = 2048;

    private ObjectChecks() {}

    /** Refuses a missing or an empty name, as the client does before it calls the service. */
    static String required(String member, @Nullable String value) {
        if (value == null || value.isEmpty()) {
            throw SdkClientException.create("Parameter '" + member + "' must not be null or empty");
        }
        return value;
    }

    static String bucket(Shelf shelf, @Nullable String bucket) {
        String name = required("Bucket", bucket);
        if (!shelf.hasBucket(name)) {
            throw S3Refusal.noSuchBucket();
        }
        return name;
    }

    static String key(@Nullable String key) {
        if (bytes(required("Key", key)) > MAX_KEY_BYTES) {
            throw S3Refusal.of(400, "KeyTooLongError", "Your key is too long");
        }
        return required("Key", key);
    }

    static void metadata(Map<String, String> metadata) {
        int bytes = metadata.entrySet().stream()
                .mapToInt(entry -> bytes(entry.getKey()) + bytes(entry.getValue()))
                .sum();
        if (bytes > MAX_METADATA_BYTES) {
            throw S3Refusal.of(
                    400, "MetadataTooLarge", "Your metadata headers exceed the maximum allowed metadata size");
        }
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
