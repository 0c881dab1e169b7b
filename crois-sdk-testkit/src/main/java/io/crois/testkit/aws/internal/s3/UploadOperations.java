package io.crois.testkit.aws.internal.s3;

import io.crois.testkit.aws.internal.s3.Upload.Part;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.AbortMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.AbortMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.ChecksumType;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.ListPartsRequest;
import software.amazon.awssdk.services.s3.model.ListPartsResponse;
import software.amazon.awssdk.services.s3.model.NoSuchUploadException;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/** Uploads in parts; those that are not completed are known to their own process only. */
public final class UploadOperations {

    private static final int MAX_PARTS = 10_000;

    private final Shelf shelf;
    private final Clock clock;
    private final Map<String, Upload> uploads = new ConcurrentHashMap<>();

    /** Works on a shelf. */
    public UploadOperations(Shelf shelf, Clock clock) {
        this.shelf = shelf;
        this.clock = clock;
    }

    /** Begins an upload. */
    public CreateMultipartUploadResponse create(CreateMultipartUploadRequest request) {
        String bucket = ObjectChecks.bucket(shelf, request.bucket());
        ObjectChecks.metadata(request.metadata());
        String algorithm = request.checksumAlgorithmAsString();
        ChecksumKind kind = algorithm == null ? null : DeclaredChecksums.named(algorithm);
        boolean composite = kind != ChecksumKind.CRC64NVME && request.checksumType() != ChecksumType.FULL_OBJECT;
        Upload upload = new Upload(
                bucket, ObjectChecks.key(request.key()), Headers.kept(request), request.metadata(), kind, composite);
        String id = UUID.randomUUID().toString();
        uploads.put(id, upload);
        CreateMultipartUploadResponse.Builder response = CreateMultipartUploadResponse.builder()
                .bucket(upload.bucket())
                .key(upload.key())
                .uploadId(id)
                .checksumAlgorithm(algorithm)
                .checksumType(kind == null ? null : composite ? ChecksumType.COMPOSITE : ChecksumType.FULL_OBJECT);
        Headers.fill(response, upload.headers());
        return response.build();
    }

    /** Takes a part, over an earlier one of the same number. */
    public UploadPartResponse part(UploadPartRequest request, RequestBody body) {
        Upload upload = upload(request.bucket(), request.key(), request.uploadId());
        int number = request.partNumber();
        if (number < 1 || number > MAX_PARTS) {
            throw S3Refusal.invalidArgument("Part number must be an integer between 1 and 10000, inclusive");
        }
        DeclaredChecksums checksums = new DeclaredChecksums(
                request, request.checksumAlgorithmAsString(), request.contentMD5(), upload.checksum());
        if (upload.checksum() != null && checksums.kind() != upload.checksum()) {
            throw S3Refusal.of(
                    400,
                    "InvalidRequest",
                    "Checksum Type mismatch occurred, expected checksum Type: " + upload.checksum()
                            + ", actual checksum Type: " + checksums.kind());
        }
        Part part = new Part(number, Intake.of(shelf, body, request.contentLength(), checksums), clock.instant());
        synchronized (upload) {
            Part earlier = upload.parts().put(number, part);
            if (earlier != null) {
                earlier.intake().close();
            }
        }
        UploadPartResponse.Builder response = UploadPartResponse.builder().eTag(part.etag());
        Headers.fill(response, upload.headers());
        Headers.fill(response, checksums.kept(part.intake().measured()));
        return response.build();
    }

    /** Lists the parts that came in, in one page. */
    public ListPartsResponse parts(ListPartsRequest request) {
        Upload upload = upload(request.bucket(), request.key(), request.uploadId());
        synchronized (upload) {
            return ListPartsResponse.builder()
                    .bucket(upload.bucket())
                    .key(upload.key())
                    .uploadId(request.uploadId())
                    .isTruncated(false)
                    .parts(upload.parts().values().stream()
                            .map(UploadOperations::listed)
                            .toList())
                    .build();
        }
    }

    private static software.amazon.awssdk.services.s3.model.Part listed(Part part) {
        return software.amazon.awssdk.services.s3.model.Part.builder()
                .partNumber(part.number())
                .eTag(part.etag())
                .size(part.intake().measured().size())
                .lastModified(part.time())
                .build();
    }

    /** Puts the parts together to one object. */
    public CompleteMultipartUploadResponse complete(CompleteMultipartUploadRequest request) {
        Upload upload = upload(request.bucket(), request.key(), request.uploadId());
        synchronized (upload) {
            List<CompletedPart> wanted = request.multipartUpload() == null
                    ? List.of()
                    : request.multipartUpload().parts();
            List<Part> parts = PartList.check(wanted, upload);
            StoredObject object = assemble(request, upload, parts);
            uploads.remove(request.uploadId());
            upload.drop();
            CompleteMultipartUploadResponse.Builder response = CompleteMultipartUploadResponse.builder()
                    .bucket(upload.bucket())
                    .key(upload.key())
                    .location("https://" + upload.bucket() + ".s3.amazonaws.com/" + upload.key())
                    .eTag(object.etag());
            Headers.fill(response, object.headers());
            return response.build();
        }
    }

    private StoredObject assemble(CompleteMultipartUploadRequest request, Upload upload, List<Part> parts) {
        String algorithm = upload.checksum() == null ? null : upload.checksum().name();
        DeclaredChecksums checksums = upload.composite()
                ? new DeclaredChecksums(AbortMultipartUploadRequest.builder().build(), null, null, null)
                : new DeclaredChecksums(request, algorithm, null, null);
        try (InputStream bytes = PartList.concatenated(parts);
                Intake whole = Intake.of(shelf, bytes, Long.MAX_VALUE, checksums)) {
            checksums.verify(whole.measured());
            StoredObject object = new StoredObject(
                    upload.key(),
                    whole.measured().size(),
                    Etags.ofParts(parts.stream()
                            .map(part -> part.intake().measured().md5())
                            .toList()),
                    clock.instant(),
                    upload.headers(),
                    upload.metadata(),
                    upload.composite() ? composite(upload, parts) : checksums.kept(whole.measured()));
            Conditions.put(shelf, upload.bucket(), object, whole.bytes(), request.ifMatch(), request.ifNoneMatch());
            return object;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, String> composite(Upload upload, List<Part> parts) {
        ChecksumKind kind = upload.checksum();
        if (kind == null) {
            return Map.of();
        }
        ChecksumKind.Accumulator all = kind.start();
        for (Part part : parts) {
            byte[] value = part.intake().measured().checksum(kind);
            all.update(value, 0, value.length);
        }
        String value = Base64.getEncoder().encodeToString(all.value()) + "-" + parts.size();
        return Map.of(kind.header(), value, "x-amz-checksum-type", "COMPOSITE");
    }

    /** Drops an upload and its parts. */
    public AbortMultipartUploadResponse abort(AbortMultipartUploadRequest request) {
        Upload upload = upload(request.bucket(), request.key(), request.uploadId());
        uploads.remove(request.uploadId());
        synchronized (upload) {
            upload.drop();
        }
        return AbortMultipartUploadResponse.builder().build();
    }

    /** Returns the headers with which an upload was begun; none if there is no such upload. */
    public Map<String, String> headers(String uploadId) {
        Upload upload = uploads.get(uploadId);
        return upload == null ? Map.of() : upload.headers();
    }

    private Upload upload(@Nullable String bucket, @Nullable String key, @Nullable String id) {
        ObjectChecks.bucket(shelf, bucket);
        Upload upload = uploads.get(ObjectChecks.required("UploadId", id));
        if (upload == null || !upload.isAt(bucket, key)) {
            throw S3Refusal.complete(
                    NoSuchUploadException.builder(),
                    404,
                    "NoSuchUpload",
                    "The specified upload does not exist. The upload ID may be invalid, or the upload may have been"
                            + " aborted or completed.");
        }
        return upload;
    }
}
