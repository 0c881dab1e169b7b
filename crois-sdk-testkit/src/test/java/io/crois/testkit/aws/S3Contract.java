package io.crois.testkit.aws;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.MetadataDirective;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Object;

/** What Amazon S3 promises: held by the fake and by real software. */
abstract class S3Contract {

    private static final int PART_BYTES = 5 << 20;

    private final String bucket = "bucket-" + UUID.randomUUID();

    private S3Client s3;

    abstract S3Client client();

    @BeforeEach
    final void createBucket() {
        s3 = client();
        s3.createBucket(request -> request.bucket(bucket));
    }

    @AfterEach
    final void deleteBucket() {
        s3.listObjectsV2Paginator(request -> request.bucket(bucket)).contents().stream()
                .map(S3Object::key)
                .toList()
                .forEach(
                        key -> s3.deleteObject(request -> request.bucket(bucket).key(key)));
        s3.deleteBucket(request -> request.bucket(bucket));
    }

    @Test
    void an_object_comes_back_as_it_was_put() {
        String etag = s3.putObject(
                        request -> request.bucket(bucket)
                                .key("a/b c+ü.txt")
                                .contentType("text/plain")
                                .cacheControl("no-store")
                                .metadata(Map.of("step", "train")),
                        RequestBody.fromString("hello"))
                .eTag();

        var object = s3.getObjectAsBytes(request -> request.bucket(bucket).key("a/b c+ü.txt"));

        assertThat(object.asString(UTF_8)).isEqualTo("hello");
        assertThat(object.response().contentLength()).isEqualTo(5);
        assertThat(object.response().contentType()).isEqualTo("text/plain");
        assertThat(object.response().cacheControl()).isEqualTo("no-store");
        assertThat(object.response().metadata()).containsExactly(Map.entry("step", "train"));
        assertThat(object.response().eTag()).isEqualTo(etag).isEqualTo("\"5d41402abc4b2a76b9719d911017c592\"");
    }

    @Test
    void an_object_is_described_without_its_bytes() {
        put("a", "hello");

        HeadObjectResponse head =
                s3.headObject(request -> request.bucket(bucket).key("a"));

        assertThat(head.contentLength()).isEqualTo(5);
        assertThat(head.eTag()).isEqualTo("\"5d41402abc4b2a76b9719d911017c592\"");
        assertThat(head.lastModified()).isNotNull();
    }

    @Test
    void a_later_put_replaces_the_object() {
        put("a", "one");
        put("a", "two!");

        assertThat(get("a")).isEqualTo("two!");
        assertThat(list("").contents()).extracting(S3Object::size).containsExactly(4L);
    }

    @Test
    void an_empty_object_is_an_object() {
        put("a", "");

        assertThat(get("a")).isEmpty();
        assertThat(list("").contents()).extracting(S3Object::size).containsExactly(0L);
    }

    @Test
    void bytes_stream_in_from_and_out_to_files(@TempDir Path folder) throws IOException {
        Path source = Files.writeString(folder.resolve("source"), "streamed");
        Path target = folder.resolve("target");

        s3.putObject(request -> request.bucket(bucket).key("a"), RequestBody.fromFile(source));
        s3.getObject(request -> request.bucket(bucket).key("a"), ResponseTransformer.toFile(target));

        assertThat(target).hasContent("streamed");
    }

    @Test
    void bytes_stream_in_from_and_out_to_streams() throws IOException {
        byte[] bytes = bytes(300_000);
        s3.putObject(
                request -> request.bucket(bucket).key("a"),
                RequestBody.fromInputStream(new ByteArrayInputStream(bytes), bytes.length));

        try (InputStream in = s3.getObject(request -> request.bucket(bucket).key("a"))) {
            assertThat(in.readAllBytes()).isEqualTo(bytes);
        }
    }

    @Test
    void a_range_is_a_part_of_the_bytes() {
        put("a", "0123456789");

        assertThat(range("bytes=2-4")).isEqualTo("234");
        assertThat(range("bytes=7-")).isEqualTo("789");
        assertThat(range("bytes=-2")).isEqualTo("89");
        assertThat(range("bytes=8-100")).isEqualTo("89");
        GetObjectResponse response = s3.getObjectAsBytes(
                        request -> request.bucket(bucket).key("a").range("bytes=2-4"))
                .response();
        assertThat(response.contentRange()).isEqualTo("bytes 2-4/10");
        assertThat(response.contentLength()).isEqualTo(3);
    }

    @Test
    void a_range_behind_the_end_is_refused() {
        put("a", "0123456789");

        assertRefused(() -> range("bytes=10-12"), 416, "InvalidRange");
    }

    @Test
    void what_is_not_there_is_not_found() {
        assertThatThrownBy(() -> get("missing")).isInstanceOf(NoSuchKeyException.class);
        assertThatThrownBy(() -> s3.headObject(request -> request.bucket(bucket).key("missing")))
                .isInstanceOf(NoSuchKeyException.class);
        assertThatThrownBy(() -> s3.getObjectAsBytes(
                        request -> request.bucket("no-" + bucket).key("a")))
                .isInstanceOf(NoSuchBucketException.class);
        assertThatThrownBy(() -> s3.headBucket(request -> request.bucket("no-" + bucket)))
                .isInstanceOf(NoSuchBucketException.class);
        assertThatThrownBy(() -> s3.listObjectsV2(request -> request.bucket("no-" + bucket)))
                .isInstanceOf(NoSuchBucketException.class);
    }

    @Test
    void a_deleted_object_is_gone_and_deleting_it_again_succeeds() {
        put("a", "hello");

        s3.deleteObject(request -> request.bucket(bucket).key("a"));
        s3.deleteObject(request -> request.bucket(bucket).key("a"));

        assertThat(list("").contents()).isEmpty();
    }

    @Test
    void many_objects_are_deleted_at_once() {
        List.of("a", "b", "c").forEach(key -> put(key, key));

        var response = s3.deleteObjects(request ->
                request.bucket(bucket).delete(delete -> delete.objects(object("a"), object("b"), object("missing"))));

        assertThat(response.hasErrors()).isFalse();
        assertThat(keys("")).containsExactly("c");
    }

    @Test
    void keys_are_listed_in_the_order_of_their_bytes() {
        List.of("b", "a/1", "Z", "a-", "é").forEach(key -> put(key, "x"));

        assertThat(keys("")).containsExactly("Z", "a-", "a/1", "b", "é");
        assertThat(keys("a")).containsExactly("a-", "a/1");
        assertThat(keys("x")).isEmpty();
    }

    @Test
    void keys_below_a_delimiter_are_folded() {
        List.of("p/1", "p/a/1", "p/a/2", "p/b/1", "p/c", "q/1").forEach(key -> put(key, "x"));

        ListObjectsV2Response page =
                s3.listObjectsV2(request -> request.bucket(bucket).prefix("p/").delimiter("/"));

        assertThat(page.contents()).extracting(S3Object::key).containsExactly("p/1", "p/c");
        assertThat(page.commonPrefixes()).extracting(CommonPrefix::prefix).containsExactly("p/a/", "p/b/");
        assertThat(page.isTruncated()).isFalse();
    }

    @Test
    void a_listing_goes_on_where_its_page_ended() {
        List<String> keys = IntStream.range(0, 7).mapToObj(i -> "k/" + i + "/x").toList();
        keys.forEach(key -> put(key, "x"));
        put("k/3/y", "x");

        List<String> folded = new ArrayList<>();
        String token = null;
        int pages = 0;
        do {
            String from = token;
            ListObjectsV2Response page = s3.listObjectsV2(request -> request.bucket(bucket)
                    .prefix("k/")
                    .delimiter("/")
                    .maxKeys(2)
                    .continuationToken(from));
            page.commonPrefixes().forEach(prefix -> folded.add(prefix.prefix()));
            token = page.nextContinuationToken();
            pages++;
        } while (token != null);

        assertThat(folded).containsExactly("k/0/", "k/1/", "k/2/", "k/3/", "k/4/", "k/5/", "k/6/");
        assertThat(pages).isEqualTo(4);
        assertThat(s3.listObjectsV2Paginator(request -> request.bucket(bucket).maxKeys(3))
                        .contents())
                .hasSize(8);
        assertThat(s3.listObjectsV2(request -> request.bucket(bucket).startAfter("k/5/x"))
                        .contents())
                .extracting(S3Object::key)
                .containsExactly("k/6/x");
    }

    @Test
    void only_the_first_may_put_where_nothing_may_be() {
        s3.putObject(request -> request.bucket(bucket).key("a").ifNoneMatch("*"), RequestBody.fromString("one"));

        assertRefused(
                () -> s3.putObject(
                        request -> request.bucket(bucket).key("a").ifNoneMatch("*"), RequestBody.fromString("two")),
                412,
                "PreconditionFailed");
        assertThat(get("a")).isEqualTo("one");
    }

    @Test
    void a_put_may_depend_on_what_it_replaces() {
        String one = put("a", "one");
        s3.putObject(request -> request.bucket(bucket).key("a").ifMatch(one), RequestBody.fromString("two"));

        assertRefused(
                () -> s3.putObject(
                        request -> request.bucket(bucket).key("a").ifMatch(one), RequestBody.fromString("three")),
                412,
                "PreconditionFailed");
        assertThat(get("a")).isEqualTo("two");
    }

    @Test
    void a_read_may_depend_on_what_is_there() {
        String etag = put("a", "one");

        assertThat(s3.getObjectAsBytes(
                                request -> request.bucket(bucket).key("a").ifMatch(etag))
                        .asUtf8String())
                .isEqualTo("one");
        assertThatThrownBy(() -> s3.getObjectAsBytes(
                        request -> request.bucket(bucket).key("a").ifNoneMatch(etag)))
                .isInstanceOfSatisfying(
                        AwsServiceException.class,
                        e -> assertThat(e.statusCode()).isEqualTo(304));
        assertRefused(
                () -> s3.getObjectAsBytes(
                        request -> request.bucket(bucket).key("a").ifMatch("\"other\"")),
                412,
                "PreconditionFailed");
    }

    @Test
    void a_copy_takes_the_metadata_along_or_new_ones() {
        s3.putObject(
                request ->
                        request.bucket(bucket).key("a").contentType("text/csv").metadata(Map.of("x", "1")),
                RequestBody.fromString("hello"));

        s3.copyObject(request -> request.sourceBucket(bucket)
                .sourceKey("a")
                .destinationBucket(bucket)
                .destinationKey("b"));
        s3.copyObject(request -> request.sourceBucket(bucket)
                .sourceKey("a")
                .destinationBucket(bucket)
                .destinationKey("c")
                .metadataDirective(MetadataDirective.REPLACE)
                .contentType("text/plain")
                .metadata(Map.of("y", "2")));

        HeadObjectResponse copy =
                s3.headObject(request -> request.bucket(bucket).key("b"));
        HeadObjectResponse replaced =
                s3.headObject(request -> request.bucket(bucket).key("c"));
        assertThat(get("b")).isEqualTo("hello");
        assertThat(copy.metadata()).containsExactly(Map.entry("x", "1"));
        assertThat(copy.contentType()).isEqualTo("text/csv");
        assertThat(replaced.metadata()).containsExactly(Map.entry("y", "2"));
        assertThat(replaced.contentType()).isEqualTo("text/plain");
    }

    @Test
    void a_copy_of_nothing_is_refused() {
        assertRefused(
                () -> s3.copyObject(request -> request.sourceBucket(bucket)
                        .sourceKey("missing")
                        .destinationBucket(bucket)
                        .destinationKey("b")),
                404,
                "NoSuchKey");
    }

    @Test
    void parts_become_one_object_in_the_order_of_their_numbers() {
        String upload = s3.createMultipartUpload(request ->
                        request.bucket(bucket).key("a").contentType("text/csv").metadata(Map.of("x", "1")))
                .uploadId();
        byte[] first = bytes(PART_BYTES);
        CompletedPart second = part(upload, 2, "the end".getBytes(UTF_8));
        CompletedPart one = part(upload, 1, first);

        s3.completeMultipartUpload(request ->
                request.bucket(bucket).key("a").uploadId(upload).multipartUpload(parts -> parts.parts(one, second)));

        var object = s3.getObjectAsBytes(request -> request.bucket(bucket).key("a"));
        assertThat(object.asByteArray())
                .hasSize(PART_BYTES + 7)
                .startsWith(first)
                .endsWith("the end".getBytes(UTF_8));
        assertThat(object.response().eTag()).endsWith("-2\"");
        assertThat(object.response().contentType()).isEqualTo("text/csv");
        assertThat(object.response().metadata()).containsExactly(Map.entry("x", "1"));
    }

    @Test
    void an_aborted_upload_leaves_nothing() {
        String upload = s3.createMultipartUpload(
                        request -> request.bucket(bucket).key("a"))
                .uploadId();
        CompletedPart one = part(upload, 1, bytes(10));

        s3.abortMultipartUpload(request -> request.bucket(bucket).key("a").uploadId(upload));

        assertThat(keys("")).isEmpty();
        assertRefused(
                () -> s3.completeMultipartUpload(request ->
                        request.bucket(bucket).key("a").uploadId(upload).multipartUpload(parts -> parts.parts(one))),
                404,
                "NoSuchUpload");
    }

    @Test
    void a_wrong_md5_is_refused_and_nothing_is_stored() {
        assertRefused(
                () -> s3.putObject(
                        request -> request.bucket(bucket).key("a").contentMD5("XrY7u+Ae7tCTyyK7j1rNww=="),
                        RequestBody.fromString("hello")),
                400,
                "BadDigest");
        assertThat(keys("")).isEmpty();
    }

    @Test
    void only_an_empty_bucket_is_deleted() {
        put("a", "x");

        assertRefused(() -> s3.deleteBucket(request -> request.bucket(bucket)), 409, "BucketNotEmpty");
    }

    final S3Client s3() {
        return s3;
    }

    final String bucket() {
        return bucket;
    }

    final String put(String key, String text) {
        return s3.putObject(request -> request.bucket(bucket).key(key), RequestBody.fromString(text))
                .eTag();
    }

    final String get(String key) {
        return s3.getObjectAsBytes(request -> request.bucket(bucket).key(key)).asUtf8String();
    }

    private String range(String range) {
        return s3.getObjectAsBytes(request -> request.bucket(bucket).key("a").range(range))
                .asUtf8String();
    }

    private ListObjectsV2Response list(String prefix) {
        return s3.listObjectsV2(request -> request.bucket(bucket).prefix(prefix));
    }

    final List<String> keys(String prefix) {
        return list(prefix).contents().stream().map(S3Object::key).toList();
    }

    private CompletedPart part(String upload, int number, byte[] bytes) {
        String etag = s3.uploadPart(
                        request ->
                                request.bucket(bucket).key("a").uploadId(upload).partNumber(number),
                        RequestBody.fromBytes(bytes))
                .eTag();
        return CompletedPart.builder().partNumber(number).eTag(etag).build();
    }

    private static ObjectIdentifier object(String key) {
        return ObjectIdentifier.builder().key(key).build();
    }

    static byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        for (int i = 0; i < count; i++) {
            bytes[i] = (byte) (i * 31 + i / 251);
        }
        return bytes;
    }

    static AbstractThrowableAssert<?, ?> assertRefused(ThrowingCallable call, int status, String code) {
        return assertThatThrownBy(call).isInstanceOfSatisfying(AwsServiceException.class, e -> {
            assertThat(e.statusCode()).isEqualTo(status);
            assertThat(e.awsErrorDetails().errorCode()).isEqualTo(code);
        });
    }
}
