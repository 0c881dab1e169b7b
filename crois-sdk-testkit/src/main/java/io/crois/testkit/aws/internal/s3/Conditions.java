package io.crois.testkit.aws.internal.s3;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** The conditions under which objects are read and written. */
final class Conditions {

    private Conditions() {}

    /** Puts an object if the conditions hold. */
    static void put(
            Shelf shelf,
            String bucket,
            StoredObject object,
            Shelf.Blob bytes,
            @Nullable String ifMatch,
            @Nullable String ifNoneMatch) {
        shelf.exclusively(() -> {
            ObjectChecks.bucket(shelf, bucket);
            checkWrite(shelf.find(bucket, object.key()), ifMatch, ifNoneMatch);
            shelf.put(bucket, object, bytes);
            return object;
        });
    }

    /** Refuses a write whose conditions do not hold. */
    static void checkWrite(@Nullable StoredObject current, @Nullable String ifMatch, @Nullable String ifNoneMatch) {
        if (ifNoneMatch != null && !ifNoneMatch.equals("*")) {
            throw S3Refusal.of(
                    501, "NotImplemented", "A header you provided implies functionality that is not implemented");
        }
        if (ifNoneMatch != null && current != null) {
            throw S3Refusal.preconditionFailed();
        }
        if (ifMatch != null && current == null) {
            throw S3Refusal.noSuchKey();
        }
        if (ifMatch != null && current != null && !matches(ifMatch, current)) {
            throw S3Refusal.preconditionFailed();
        }
    }

    /** Refuses a read whose conditions do not hold. */
    static void checkRead(
            StoredObject current,
            @Nullable String ifMatch,
            @Nullable String ifNoneMatch,
            @Nullable Instant ifModifiedSince,
            @Nullable Instant ifUnmodifiedSince) {
        Instant modified = current.lastModified().truncatedTo(ChronoUnit.SECONDS);
        if (ifMatch != null ? !matches(ifMatch, current) : isAfter(modified, ifUnmodifiedSince)) {
            throw S3Refusal.preconditionFailed();
        }
        if (ifNoneMatch != null
                ? matches(ifNoneMatch, current)
                : ifModifiedSince != null && !modified.isAfter(ifModifiedSince)) {
            throw notModified();
        }
    }

    private static boolean isAfter(Instant modified, @Nullable Instant time) {
        return time != null && modified.isAfter(time);
    }

    static boolean matches(String wanted, StoredObject object) {
        return wanted.equals("*") || unquoted(wanted).equals(unquoted(object.etag()));
    }

    static String unquoted(String etag) {
        return etag.replace("\"", "");
    }

    private static S3Exception notModified() {
        return S3Refusal.complete(S3Exception.builder(), 304, null, "Not Modified");
    }
}
