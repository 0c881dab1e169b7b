package io.crois.runtime.agent;

import io.crois.runtime.agent.transfer.Digests;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.utils.BinaryUtils;

/** Keeps objects in memory; refuses a put whose SHA-256 is wrong, as S3 does. */
final class FakeS3 implements S3Client {
    final Map<String, byte[]> objects = new ConcurrentHashMap<>();
    final Map<String, PutObjectRequest> puts = new ConcurrentHashMap<>();

    @Override
    public PutObjectResponse putObject(PutObjectRequest request, RequestBody body) {
        byte[] bytes;
        try (var in = body.contentStreamProvider().newStream()) {
            bytes = in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String sha256 = BinaryUtils.toBase64(Digests.sha256().digest(bytes));
        if (request.checksumSHA256() != null && !request.checksumSHA256().equals(sha256)) {
            throw new IllegalArgumentException("BadDigest");
        }
        objects.put(request.key(), bytes);
        puts.put(request.key(), request);
        return PutObjectResponse.builder().build();
    }

    @Override
    public ResponseInputStream<GetObjectResponse> getObject(GetObjectRequest request) {
        byte[] bytes = objects.get(request.key());
        if (bytes == null) {
            throw NoSuchKeyException.builder()
                    .message("The specified key does not exist.")
                    .build();
        }
        return new ResponseInputStream<>(
                GetObjectResponse.builder()
                        .contentLength((long) bytes.length)
                        .eTag("e")
                        .build(),
                AbortableInputStream.create(new ByteArrayInputStream(bytes)));
    }

    @Override
    public String serviceName() {
        return "s3";
    }

    @Override
    public void close() {}
}
