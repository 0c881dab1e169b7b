package io.crois.testkit.aws.internal.s3;

import io.crois.testkit.aws.internal.s3.MeasuredStream.Measured;
import java.util.Base64;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;

/** The checksums that a request declares for its bytes: to be computed, to be compared, to be kept. */
final class DeclaredChecksums {

    private final Map<ChecksumKind, String> expected = new EnumMap<>(ChecksumKind.class);
    private final @Nullable String contentMd5;
    private final @Nullable ChecksumKind kind;

    /**
     * Reads the headers of a request.
     *
     * @param algorithm that the request asks for without giving its value
     * @param fallback when the request names none
     */
    DeclaredChecksums(
            SdkPojo request, @Nullable String algorithm, @Nullable String contentMd5, @Nullable ChecksumKind fallback) {
        this.contentMd5 = contentMd5;
        for (SdkField<?> field : request.sdkFields()) {
            if (field.locationName().startsWith("x-amz-checksum-") && field.getValueOrDefault(request) != null) {
                expect(field.locationName(), String.valueOf(field.getValueOrDefault(request)));
            }
        }
        if (expected.size() > 1) {
            throw S3Refusal.of(
                    400,
                    "InvalidRequest",
                    "Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.");
        }
        this.kind = !expected.isEmpty()
                ? expected.keySet().iterator().next()
                : algorithm == null ? fallback : named(algorithm);
    }

    private void expect(String header, String value) {
        for (ChecksumKind candidate : ChecksumKind.values()) {
            if (candidate.header().equals(header)) {
                expected.put(candidate, value);
                return;
            }
        }
        if (!header.equals("x-amz-checksum-type")) {
            throw new UnsupportedOperationException("Checksums of S3 in header `" + header + "` are not in memory.");
        }
    }

    static ChecksumKind named(String algorithm) {
        return ChecksumKind.named(algorithm)
                .orElseThrow(() -> new UnsupportedOperationException(
                        "Checksums of S3 by algorithm `" + algorithm + "` are not in memory."));
    }

    /** Returns what must be computed while the bytes come in. */
    Set<ChecksumKind> kinds() {
        return kind == null ? Set.of() : Set.of(kind);
    }

    /** Returns the kind that is kept with the bytes. */
    @Nullable
    ChecksumKind kind() {
        return kind;
    }

    /** Compares what came in with what was declared. */
    void verify(Measured measured) {
        expected.forEach((candidate, value) -> {
            if (!measured.base64(candidate).equals(value)) {
                throw S3Refusal.of(
                        400, "BadDigest", "The " + candidate + " you specified did not match the calculated checksum.");
            }
        });
        if (contentMd5 != null
                && !Base64.getEncoder().encodeToString(measured.md5()).equals(contentMd5)) {
            throw S3Refusal.of(400, "BadDigest", "The Content-MD5 you specified did not match what we received.");
        }
    }

    /** Returns what is kept with an object that was put in one piece. */
    Map<String, String> kept(Measured measured) {
        Map<String, String> kept = new HashMap<>();
        if (kind != null) {
            kept.put(kind.header(), measured.base64(kind));
            kept.put("x-amz-checksum-type", "FULL_OBJECT");
        }
        return kept;
    }
}
