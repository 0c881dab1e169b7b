package io.crois.testkit.aws;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crois.testkit.aws.internal.s3.MemoryShelf;
import io.crois.testkit.aws.internal.s3.Shelf;
import java.io.ByteArrayInputStream;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketAlreadyOwnedByYouException;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.ChecksumType;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;

final class InMemoryS3Test extends S3Contract {

    static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");

    @Override
    S3Client client() {
        return client(new MemoryShelf());
    }

    static S3Client client(Shelf shelf) {
        return NotInMemory.named(
                S3Client.class, new InMemoryS3(shelf, Clock.fixed(NOW, ZoneOffset.UTC), "eu-central-1"));
    }

    @ParameterizedTest
    @CsvSource({
        "CRC32, NhCmhg==",
        "CRC32C, mnG7TA==",
        "CRC64NVME, M3eFcAZSQlc=",
        "SHA1, qvTGHdzF6KLavt4PO0gs2a6pQ00=",
        "SHA256, LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ="
    })
    void a_checksum_is_computed_kept_and_shown_to_who_asks(String algorithm, String value) {
        PutObjectResponse put = s3().putObject(
                        request -> request.bucket(bucket()).key("a").checksumAlgorithm(algorithm),
                        RequestBody.fromString("hello"));

        HeadObjectResponse silent =
                s3().headObject(request -> request.bucket(bucket()).key("a"));
        HeadObjectResponse asked =
                s3().headObject(request -> request.bucket(bucket()).key("a").checksumMode(ChecksumMode.ENABLED));

        assertThat(put.toString()).contains(value);
        assertThat(asked.toString()).contains(value);
        assertThat(asked.checksumType()).isEqualTo(ChecksumType.FULL_OBJECT);
        assertThat(silent.toString()).doesNotContain(value);
    }

    @Test
    void a_wrong_checksum_is_refused_and_nothing_is_stored() {
        assertRefused(
                        () -> s3().putObject(
                                        request -> request.bucket(bucket())
                                                .key("a")
                                                .checksumSHA256("LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ="),
                                        RequestBody.fromString("hallo")),
                        400,
                        "BadDigest")
                .hasMessageContaining("The SHA256 you specified did not match the calculated checksum.");
        assertThat(keys("")).isEmpty();
    }

    @Test
    void the_checksum_of_parts_is_the_checksum_of_their_checksums() {
        String upload = s3().createMultipartUpload(
                        request -> request.bucket(bucket()).key("a").checksumAlgorithm(ChecksumAlgorithm.SHA256))
                .uploadId();
        String etag = s3().uploadPart(
                        request -> request.bucket(bucket())
                                .key("a")
                                .uploadId(upload)
                                .partNumber(1),
                        RequestBody.fromString("hello"))
                .eTag();
        s3().completeMultipartUpload(request -> request.bucket(bucket())
                .key("a")
                .uploadId(upload)
                .multipartUpload(parts -> parts.parts(
                        CompletedPart.builder().partNumber(1).eTag(etag).build())));

        HeadObjectResponse head =
                s3().headObject(request -> request.bucket(bucket()).key("a").checksumMode(ChecksumMode.ENABLED));

        assertThat(head.checksumSHA256()).isEqualTo("lZXJ35AHUUjrBoYDZd8zWEt1v/eCpRDGzUiDpBmDPVA=-1");
        assertThat(head.checksumType()).isEqualTo(ChecksumType.COMPOSITE);
    }

    @Test
    void encryption_is_kept_as_it_was_asked_for_and_changes_the_tag() {
        s3().putObject(
                        request -> request.bucket(bucket())
                                .key("a")
                                .serverSideEncryption(ServerSideEncryption.AWS_KMS)
                                .ssekmsKeyId("arn:aws:kms:eu-central-1:111111111111:key/demo")
                                .bucketKeyEnabled(true),
                        RequestBody.fromString("hello"));

        HeadObjectResponse head =
                s3().headObject(request -> request.bucket(bucket()).key("a"));

        assertThat(head.serverSideEncryption()).isEqualTo(ServerSideEncryption.AWS_KMS);
        assertThat(head.ssekmsKeyId()).isEqualTo("arn:aws:kms:eu-central-1:111111111111:key/demo");
        assertThat(head.bucketKeyEnabled()).isTrue();
        assertThat(head.eTag()).isNotEqualTo("\"5d41402abc4b2a76b9719d911017c592\"");
    }

    @Test
    void an_object_carries_the_time_of_the_clock_and_the_defaults_of_the_service() {
        put("a", "hello");

        HeadObjectResponse head =
                s3().headObject(request -> request.bucket(bucket()).key("a"));

        assertThat(head.lastModified()).isEqualTo(NOW);
        assertThat(head.serverSideEncryption()).isEqualTo(ServerSideEncryption.AES256);
        assertThat(head.contentType()).isEqualTo("application/octet-stream");
    }

    @Test
    void parts_that_cannot_become_an_object_are_refused() {
        String upload = s3().createMultipartUpload(
                        request -> request.bucket(bucket()).key("a"))
                .uploadId();
        CompletedPart one = part(upload, 1, "one");
        CompletedPart two = part(upload, 2, "two");
        CompletedPart three =
                CompletedPart.builder().partNumber(3).eTag(two.eTag()).build();

        assertRefused(() -> complete(upload, one, two), 400, "EntityTooSmall");
        assertRefused(() -> complete(upload, two, one), 400, "InvalidPartOrder");
        assertRefused(() -> complete(upload, one, three), 400, "InvalidPart");
        complete(upload, two);
        assertThat(get("a")).isEqualTo("two");
    }

    @Test
    void a_body_that_is_shorter_than_announced_is_refused() {
        assertRefused(
                () -> s3().putObject(
                                request -> request.bucket(bucket()).key("a").contentLength(6L),
                                RequestBody.fromContentProvider(
                                        () -> new ByteArrayInputStream("hello".getBytes(UTF_8)), "text/plain")),
                400,
                "IncompleteBody");
    }

    @Test
    void names_that_the_service_refuses_are_refused() {
        assertRefused(() -> put("x".repeat(1025), "x"), 400, "KeyTooLongError");
        assertRefused(() -> s3().createBucket(request -> request.bucket("Upper")), 400, "InvalidBucketName");
        assertThatThrownBy(() -> s3().createBucket(request -> request.bucket(bucket())))
                .isInstanceOf(BucketAlreadyOwnedByYouException.class);
        assertRefused(
                () -> s3().putObject(
                                request -> request.bucket(bucket()).key("a").metadata(Map.of("k", "v".repeat(2048))),
                                RequestBody.empty()),
                400,
                "MetadataTooLarge");
    }

    @Test
    void keys_beyond_the_basic_plane_are_listed_by_their_bytes_in_utf_8() {
        put("\uD83D\uDE00", "x");
        put("\uFF5E", "x");

        assertThat(keys("")).containsExactly("\uFF5E", "\uD83D\uDE00");
    }

    @Test
    void a_key_may_be_the_beginning_of_another() {
        put("a", "file");
        put("a/b", "below");

        assertThat(keys("a")).containsExactly("a", "a/b");
        assertThat(get("a")).isEqualTo("file");
    }

    @Test
    void a_bucket_has_one_policy_which_is_json() {
        assertThatThrownBy(() -> s3().getBucketPolicy(request -> request.bucket(bucket())))
                .hasMessageContaining("The bucket policy does not exist");
        assertThatThrownBy(() ->
                        s3().putBucketPolicy(request -> request.bucket(bucket()).policy("none")))
                .hasMessageContaining("valid JSON");

        s3().putBucketPolicy(request -> request.bucket(bucket()).policy("{\"Statement\": []}"));

        assertThat(s3().getBucketPolicy(request -> request.bucket(bucket())).policy())
                .isEqualTo("{\"Statement\": []}");
        s3().deleteBucketPolicy(request -> request.bucket(bucket()));
        assertThatThrownBy(() -> s3().getBucketPolicy(request -> request.bucket(bucket())))
                .hasMessageContaining("The bucket policy does not exist");
    }

    @Test
    void what_is_not_in_memory_says_its_name() {
        assertThatThrownBy(() -> s3().putBucketTagging(request -> request.bucket(bucket())))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessage("S3Client.putBucketTagging is not in memory.");
    }

    private CompletedPart part(String upload, int number, String text) {
        String etag = s3().uploadPart(
                        request -> request.bucket(bucket())
                                .key("a")
                                .uploadId(upload)
                                .partNumber(number),
                        RequestBody.fromString(text))
                .eTag();
        return CompletedPart.builder().partNumber(number).eTag(etag).build();
    }

    private void complete(String upload, CompletedPart... parts) {
        s3().completeMultipartUpload(request ->
                request.bucket(bucket()).key("a").uploadId(upload).multipartUpload(list -> list.parts(parts)));
    }
}
