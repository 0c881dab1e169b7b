package io.crois.testkit.aws.internal.s3;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectResponse;
import software.amazon.awssdk.services.s3.model.DeleteObjectsRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.DeletedObject;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

/** Puts, reads and deletes single objects. */
public final class ObjectOperations {

    private static final int MAX_DELETES = 1000;

    private final Shelf shelf;
    private final Clock clock;

    /** Works on a shelf. */
    public ObjectOperations(Shelf shelf, Clock clock) {
        this.shelf = shelf;
        this.clock = clock;
    }

    /** Puts an object; without another algorithm in the request its checksum is the client's default, CRC-32. */
    public PutObjectResponse put(PutObjectRequest request, RequestBody body) {
        String bucket = ObjectChecks.bucket(shelf, request.bucket());
        String key = ObjectChecks.key(request.key());
        ObjectChecks.metadata(request.metadata());
        DeclaredChecksums checksums = new DeclaredChecksums(
                request, request.checksumAlgorithmAsString(), request.contentMD5(), ChecksumKind.CRC32);
        try (Intake intake = Intake.of(shelf, body, request.contentLength(), checksums)) {
            StoredObject object = new StoredObject(
                    key,
                    intake.measured().size(),
                    Etags.ofWhole(intake.measured().md5(), Headers.kept(request)),
                    clock.instant(),
                    Headers.kept(request),
                    request.metadata(),
                    checksums.kept(intake.measured()));
            Conditions.put(shelf, bucket, object, intake.bytes(), request.ifMatch(), request.ifNoneMatch());
            PutObjectResponse.Builder response = PutObjectResponse.builder().eTag(object.etag());
            Headers.fill(response, object.headers());
            Headers.fill(response, object.checksums());
            return response.build();
        }
    }

    /** An answer whose bytes are open; the reader closes them. */
    public record Answer(GetObjectResponse response, InputStream bytes) {}

    /** Opens an object, or a range of it. */
    public Answer get(GetObjectRequest request) {
        if (request.partNumber() != null) {
            throw new UnsupportedOperationException("Reading an object of S3 by part number is not in memory.");
        }
        String bucket = ObjectChecks.bucket(shelf, request.bucket());
        try {
            Shelf.Opened opened = shelf.open(bucket, ObjectChecks.key(request.key()));
            if (opened == null) {
                throw S3Refusal.noSuchKey();
            }
            return answer(request, opened);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Answer answer(GetObjectRequest request, Shelf.Opened opened) throws IOException {
        StoredObject object = opened.object();
        try {
            Conditions.checkRead(
                    object,
                    request.ifMatch(),
                    request.ifNoneMatch(),
                    request.ifModifiedSince(),
                    request.ifUnmodifiedSince());
            ByteRange range = ByteRange.of(request.range(), object.size());
            GetObjectResponse.Builder response = GetObjectResponse.builder()
                    .acceptRanges("bytes")
                    .contentLength(range.length())
                    .contentRange(range.header())
                    .eTag(object.etag())
                    .lastModified(object.lastModified())
                    .metadata(object.metadata());
            Headers.fill(response, object.headers());
            if (!range.partial()) {
                Headers.fill(response, object.checksums());
            }
            return new Answer(response.build(), new RangeStream(opened.bytes(), range));
        } catch (RuntimeException e) {
            opened.bytes().close();
            throw e;
        }
    }

    /** Describes an object. */
    public HeadObjectResponse head(HeadObjectRequest request) {
        StoredObject object = existing(request.bucket(), request.key());
        Conditions.checkRead(
                object,
                request.ifMatch(),
                request.ifNoneMatch(),
                request.ifModifiedSince(),
                request.ifUnmodifiedSince());
        ByteRange range = ByteRange.of(request.range(), object.size());
        HeadObjectResponse.Builder response = HeadObjectResponse.builder()
                .acceptRanges("bytes")
                .contentLength(range.length())
                .contentRange(range.header())
                .eTag(object.etag())
                .lastModified(object.lastModified())
                .metadata(object.metadata());
        Headers.fill(response, object.headers());
        if (request.checksumMode() == ChecksumMode.ENABLED && !range.partial()) {
            Headers.fill(response, object.checksums());
        }
        return response.build();
    }

    private StoredObject existing(@Nullable String bucket, @Nullable String key) {
        StoredObject object = shelf.find(ObjectChecks.bucket(shelf, bucket), ObjectChecks.key(key));
        if (object == null) {
            throw S3Refusal.noSuchKey();
        }
        return object;
    }

    /** Deletes an object; deleting what is not there succeeds. */
    public DeleteObjectResponse delete(DeleteObjectRequest request) {
        String bucket = ObjectChecks.bucket(shelf, request.bucket());
        String key = ObjectChecks.key(request.key());
        return shelf.exclusively(() -> {
            if (request.ifMatch() != null) {
                Conditions.checkWrite(shelf.find(bucket, key), request.ifMatch(), null);
            }
            shelf.delete(bucket, key);
            return DeleteObjectResponse.builder().build();
        });
    }

    /** Deletes up to 1,000 objects. */
    public DeleteObjectsResponse delete(DeleteObjectsRequest request) {
        String bucket = ObjectChecks.bucket(shelf, request.bucket());
        List<ObjectIdentifier> objects = request.delete().objects();
        if (objects.isEmpty() || objects.size() > MAX_DELETES) {
            throw S3Refusal.of(
                    400,
                    "MalformedXML",
                    "The XML you provided was not well-formed or did not validate against our published schema");
        }
        List<DeletedObject> deleted = new ArrayList<>();
        shelf.exclusively(() -> {
            for (ObjectIdentifier object : objects) {
                shelf.delete(bucket, ObjectChecks.key(object.key()));
                deleted.add(DeletedObject.builder().key(object.key()).build());
            }
            return deleted;
        });
        boolean quiet = Boolean.TRUE.equals(request.delete().quiet());
        return DeleteObjectsResponse.builder()
                .deleted(quiet ? List.of() : deleted)
                .build();
    }
}
