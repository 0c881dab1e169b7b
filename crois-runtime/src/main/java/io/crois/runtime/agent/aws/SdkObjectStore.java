package io.crois.runtime.agent.aws;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;
import software.amazon.awssdk.utils.BinaryUtils;

/** Amazon S3 behind the client of the AWS SDK. */
final class SdkObjectStore implements ObjectStore {
    private static final String TOKEN = "crois-upload";

    private final S3Client s3;

    SdkObjectStore(S3Client s3) {
        this.s3 = s3;
    }

    @Override
    public ObjectHead head(ObjectPlace place) {
        HeadObjectResponse head = SdkFailures.in(
                "HeadObject",
                () -> s3.headObject(request -> request.bucket(place.bucket()).key(place.key())));
        return new ObjectHead(head.contentLength(), head.eTag(), head.metadata().get(TOKEN));
    }

    @Override
    public ObjectContent get(ObjectPlace place, long from, long length, @Nullable String etag) {
        GetObjectRequest.Builder request =
                GetObjectRequest.builder().bucket(place.bucket()).key(place.key());
        if (from > 0 || length >= 0) {
            request.range("bytes=" + from + "-" + (length < 0 ? "" : from + length - 1));
        }
        if (etag != null) {
            request.ifMatch(etag);
        }
        ResponseInputStream<GetObjectResponse> content =
                SdkFailures.in("GetObject", () -> s3.getObject(request.build()));
        GetObjectResponse response = content.response();
        long total = total(response, from);
        String found = response.eTag() == null ? "" : response.eTag();
        return new ObjectContent(total, found, content, content::abort);
    }

    private static long total(GetObjectResponse response, long from) {
        if (response.contentRange() != null) {
            return ContentRange.total(response.contentRange(), from);
        }
        Long bytes = response.contentLength();
        if (bytes == null) {
            throw ServiceFailure.wrong("GetObject", "it tells no size.");
        }
        return bytes;
    }

    @Override
    public void put(ObjectPlace place, ObjectSource source, byte[] sha256, UploadTerms terms) {
        PutObjectRequest.Builder request = PutObjectRequest.builder()
                .bucket(place.bucket())
                .key(place.key())
                .checksumSHA256(BinaryUtils.toBase64(sha256))
                .ifNoneMatch(terms.replaces() == null ? "*" : null)
                .ifMatch(terms.replaces())
                .metadata(Map.of(TOKEN, terms.token()));
        if (terms.kmsKey() != null) {
            request.serverSideEncryption(ServerSideEncryption.AWS_KMS)
                    .ssekmsKeyId(terms.kmsKey())
                    .bucketKeyEnabled(true);
        }
        SdkFailures.in("PutObject", () -> s3.putObject(request.build(), body(source)));
    }

    @Override
    public String createUpload(ObjectPlace place, UploadTerms terms) {
        CreateMultipartUploadRequest.Builder request = CreateMultipartUploadRequest.builder()
                .bucket(place.bucket())
                .key(place.key())
                .checksumAlgorithm(ChecksumAlgorithm.CRC32_C)
                .metadata(Map.of(TOKEN, terms.token()));
        if (terms.kmsKey() != null) {
            request.serverSideEncryption(ServerSideEncryption.AWS_KMS)
                    .ssekmsKeyId(terms.kmsKey())
                    .bucketKeyEnabled(true);
        }
        return SdkFailures.in("CreateMultipartUpload", () -> s3.createMultipartUpload(request.build()))
                .uploadId();
    }

    @Override
    public UploadedPart uploadPart(ObjectPlace place, String upload, int number, ObjectSource source, String crc32c) {
        String etag = SdkFailures.in(
                        "UploadPart",
                        () -> s3.uploadPart(
                                request -> request.bucket(place.bucket())
                                        .key(place.key())
                                        .uploadId(upload)
                                        .partNumber(number)
                                        .checksumCRC32C(crc32c),
                                body(source)))
                .eTag();
        return new UploadedPart(number, etag, crc32c);
    }

    @Override
    public void completeUpload(ObjectPlace place, String upload, List<UploadedPart> parts, UploadTerms terms) {
        List<CompletedPart> completed = parts.stream()
                .map(part -> CompletedPart.builder()
                        .partNumber(part.number())
                        .eTag(part.etag())
                        .checksumCRC32C(part.crc32c())
                        .build())
                .toList();
        SdkFailures.in(
                "CompleteMultipartUpload",
                () -> s3.completeMultipartUpload(request -> request.bucket(place.bucket())
                        .key(place.key())
                        .uploadId(upload)
                        .ifNoneMatch(terms.replaces() == null ? "*" : null)
                        .ifMatch(terms.replaces())
                        .multipartUpload(all -> all.parts(completed))));
    }

    @Override
    public void abortUpload(ObjectPlace place, String upload) {
        SdkFailures.in(
                "AbortMultipartUpload",
                () -> s3.abortMultipartUpload(request ->
                        request.bucket(place.bucket()).key(place.key()).uploadId(upload)));
    }

    private static RequestBody body(ObjectSource source) {
        ContentStreamProvider stream = () -> {
            try {
                return source.open();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
        return RequestBody.fromContentProvider(stream, source.length(), "application/octet-stream");
    }
}
