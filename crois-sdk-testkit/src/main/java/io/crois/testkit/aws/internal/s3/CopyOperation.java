package io.crois.testkit.aws.internal.s3;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CopyObjectResponse;
import software.amazon.awssdk.services.s3.model.MetadataDirective;

/** Copies an object, with its metadata unless the request replaces them. */
public final class CopyOperation {

    private final Shelf shelf;
    private final Clock clock;

    /** Works on a shelf. */
    public CopyOperation(Shelf shelf, Clock clock) {
        this.shelf = shelf;
        this.clock = clock;
    }

    /** Copies within a bucket or from one to another. */
    public CopyObjectResponse copy(CopyObjectRequest request) {
        String bucket = ObjectChecks.bucket(shelf, request.destinationBucket());
        String key = ObjectChecks.key(request.destinationKey());
        Source source = Source.of(request);
        if (source.equals(new Source(bucket, key)) && request.metadataDirective() != MetadataDirective.REPLACE) {
            throw S3Refusal.of(
                    400,
                    "InvalidRequest",
                    "This copy request is illegal because it is trying to copy an object to itself without changing"
                            + " the object's metadata, storage class, website redirect location or encryption"
                            + " attributes.");
        }
        ObjectChecks.bucket(shelf, source.bucket());
        try {
            Shelf.Opened opened = shelf.open(source.bucket(), source.key());
            if (opened == null) {
                throw S3Refusal.noSuchKey();
            }
            return copy(request, opened);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private CopyObjectResponse copy(CopyObjectRequest request, Shelf.Opened opened) throws IOException {
        StoredObject original = opened.object();
        DeclaredChecksums checksums =
                new DeclaredChecksums(request, request.checksumAlgorithmAsString(), null, ChecksumKind.CRC32);
        try (InputStream bytes = opened.bytes();
                Intake intake = Intake.of(shelf, bytes, Long.MAX_VALUE, checksums)) {
            checkSource(request, original);
            boolean replaces = request.metadataDirective() == MetadataDirective.REPLACE;
            Map<String, String> headers =
                    replaces ? Headers.kept(request) : Headers.copied(original.headers(), request);
            StoredObject object = new StoredObject(
                    request.destinationKey(),
                    intake.measured().size(),
                    Etags.ofWhole(intake.measured().md5(), headers),
                    clock.instant(),
                    headers,
                    replaces ? request.metadata() : original.metadata(),
                    checksums.kept(intake.measured()));
            Conditions.put(
                    shelf,
                    request.destinationBucket(),
                    object,
                    intake.bytes(),
                    request.ifMatch(),
                    request.ifNoneMatch());
            return response(object);
        }
    }

    private static void checkSource(CopyObjectRequest request, StoredObject original) {
        String ifNoneMatch = request.copySourceIfNoneMatch();
        if (ifNoneMatch != null && Conditions.matches(ifNoneMatch, original)) {
            throw S3Refusal.preconditionFailed();
        }
        Conditions.checkRead(original, request.copySourceIfMatch(), null, null, request.copySourceIfUnmodifiedSince());
    }

    private static CopyObjectResponse response(StoredObject object) {
        CopyObjectResponse.Builder response = CopyObjectResponse.builder()
                .copyObjectResult(result -> result.eTag(object.etag()).lastModified(object.lastModified()));
        Headers.fill(response, object.headers());
        return response.build();
    }

    private record Source(String bucket, String key) {

        static Source of(CopyObjectRequest request) {
            if (request.copySource() == null) {
                return new Source(
                        ObjectChecks.required("SourceBucket", request.sourceBucket()),
                        ObjectChecks.required("SourceKey", request.sourceKey()));
            }
            String path = URLDecoder.decode(request.copySource().replace("+", "%2B"), StandardCharsets.UTF_8);
            String[] parts = (path.startsWith("/") ? path.substring(1) : path).split("/", 2);
            if (parts.length < 2) {
                throw S3Refusal.invalidArgument(
                        "Copy Source must mention the source bucket and key: sourcebucket/sourcekey");
            }
            return new Source(parts[0], parts[1]);
        }
    }
}
