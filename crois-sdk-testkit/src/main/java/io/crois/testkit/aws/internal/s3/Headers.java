package io.crois.testkit.aws.internal.s3;

import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallLocation;
import software.amazon.awssdk.core.protocol.MarshallingType;

/** Moves headers from requests to objects and from objects to responses, by their names on the wire. */
final class Headers {

    static final String ENCRYPTION = "x-amz-server-side-encryption";
    static final String KMS_KEY = "x-amz-server-side-encryption-aws-kms-key-id";

    private static final Set<String> KEPT = Set.of(
            "cache-control",
            "content-disposition",
            "content-encoding",
            "content-language",
            "content-type",
            "expires",
            ENCRYPTION,
            KMS_KEY,
            "x-amz-server-side-encryption-bucket-key-enabled",
            "x-amz-storage-class",
            "x-amz-website-redirect-location");

    private Headers() {}

    /** Returns what an object keeps of the request that puts it, with the defaults of the service. */
    static Map<String, String> kept(SdkPojo request) {
        Map<String, String> headers = new HashMap<>();
        headers.put("content-type", "application/octet-stream");
        headers.put(ENCRYPTION, "AES256");
        for (SdkField<?> field : request.sdkFields()) {
            String name = nameOf(field);
            Object value = field.getValueOrDefault(request);
            if (value != null && KEPT.contains(name)) {
                headers.put(name, String.valueOf(value));
            }
        }
        headers.remove("x-amz-storage-class", "STANDARD");
        return headers;
    }

    /** Returns what the copy of an object keeps: what describes its content, and how the request encrypts it. */
    static Map<String, String> copied(Map<String, String> original, SdkPojo request) {
        Map<String, String> headers = kept(request);
        headers.keySet().removeIf(name -> !name.startsWith("x-amz-"));
        original.forEach((name, value) -> {
            if (!name.startsWith("x-amz-")) {
                headers.put(name, value);
            }
        });
        return headers;
    }

    /** Fills those members of a response that have a header of this name. */
    static void fill(SdkPojo response, Map<String, String> headers) {
        for (SdkField<?> field : response.sdkFields()) {
            String value = headers.get(nameOf(field));
            if (value != null && field.location() == MarshallLocation.HEADER) {
                fill(response, field, value);
            }
        }
    }

    private static void fill(SdkPojo response, SdkField<?> field, String value) {
        if (field.marshallingType() == MarshallingType.STRING) {
            field.set(response, value);
        } else if (field.marshallingType() == MarshallingType.BOOLEAN) {
            field.set(response, Boolean.valueOf(value));
        } else if (field.marshallingType() == MarshallingType.INSTANT) {
            field.set(response, Instant.parse(value));
        }
    }

    private static String nameOf(SdkField<?> field) {
        return field.locationName().toLowerCase(Locale.ROOT);
    }
}
