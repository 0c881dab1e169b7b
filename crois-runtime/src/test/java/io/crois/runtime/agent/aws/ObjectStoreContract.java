package io.crois.runtime.agent.aws;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What both ways to Amazon S3 promise, held to a server that others wrote. */
abstract class ObjectStoreContract {
    private static final String BUCKET = "crois-contract";
    private static final int PART = 5 * 1024 * 1024;
    private static LocalS3 server;

    private final UploadTerms terms = UploadTerms.absent(null, "me." + UUID.randomUUID());

    abstract ObjectStore store(LocalS3 server);

    @BeforeAll
    static void start() throws Exception {
        server = LocalS3.start();
        server.client().createBucket(request -> request.bucket(BUCKET));
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain",
                "a b/c d",
                "per%20cent%",
                "plus+and&amp=?;#",
                "ü/日本語/é",
                "line\nbreak",
                "tilde~star*quote'(x)!@:$,[y]"
            })
    void an_object_comes_back_under_any_name(String key) {
        put(key, "content");

        assertThat(text(key, 0, -1)).isEqualTo("content");
        assertThat(server.client()
                        .getObjectAsBytes(request -> request.bucket(BUCKET).key(key))
                        .asUtf8String())
                .isEqualTo("content");
    }

    @Test
    void an_empty_object_is_an_object() {
        put("empty", "");

        assertThat(text("empty", 0, -1)).isEmpty();
        assertThat(store().head(place("empty")).bytes()).isZero();
    }

    @Test
    void a_range_tells_the_size_of_the_whole() {
        put("digits", "0123456789");

        assertThat(text("digits", 2, 3)).isEqualTo("234");
        assertThat(text("digits", 7, -1)).isEqualTo("789");
        try (ObjectContent content = store().get(place("digits"), 2, 3, null)) {
            assertThat(content.total()).isEqualTo(10);
        }
    }

    @Test
    void a_range_of_another_object_than_before_is_refused() {
        put("changed", "one");

        assertFailure(() -> store().get(place("changed"), 1, 1, "\"0123\""), ServiceFailure.Kind.EXISTS);
        try (ObjectContent content = store().get(
                        place("changed"), 1, 1, store().head(place("changed")).etag())) {
            assertThat(content.etag()).isNotEmpty();
        }
    }

    @Test
    void what_is_not_there_is_absent() {
        assertFailure(() -> store().get(place("no/such"), 0, -1, null), ServiceFailure.Kind.ABSENT);
        assertFailure(() -> store().head(place("no/such")), ServiceFailure.Kind.ABSENT);
    }

    @Test
    void an_object_is_made_once_and_says_who_made_it() {
        put("once", "first");

        assertFailure(() -> put("once", "second"), ServiceFailure.Kind.EXISTS);
        assertThat(text("once", 0, -1)).isEqualTo("first");
        assertThat(store().head(place("once")).token()).isEqualTo(terms.token());
    }

    @Test
    void an_object_is_replaced_when_it_is_the_one_that_was_seen() {
        put("replaced", "first");
        String etag = store().head(place("replaced")).etag();

        put("replaced", "second", terms.replacing(etag));

        assertThat(text("replaced", 0, -1)).isEqualTo("second");
        assertFailure(() -> put("replaced", "third", terms.replacing(etag)), ServiceFailure.Kind.EXISTS);
    }

    @Test
    void bytes_without_their_checksum_are_not_stored() {
        byte[] wrong = sha256("other".getBytes(UTF_8));

        assertThatThrownBy(
                        () -> store().put(place("corrupt"), ObjectSource.of("content".getBytes(UTF_8)), wrong, terms))
                .isInstanceOf(ServiceFailure.class)
                .hasMessageStartingWith("PutObject was answered with 400 ");
        assertFailure(() -> store().head(place("corrupt")), ServiceFailure.Kind.ABSENT);
    }

    @Test
    void parts_become_one_object_when_the_upload_is_complete() {
        byte[] bytes = new byte[PART + 1000];
        new Random(1).nextBytes(bytes);
        ObjectPlace place = place("large");
        String upload = store().createUpload(place, terms);

        UploadedPart second = part(place, upload, 2, Arrays.copyOfRange(bytes, PART, bytes.length));
        UploadedPart first = part(place, upload, 1, Arrays.copyOf(bytes, PART));
        assertFailure(() -> store().head(place), ServiceFailure.Kind.ABSENT);
        store().completeUpload(place, upload, List.of(first, second), terms);

        assertThat(server.client()
                        .getObjectAsBytes(request -> request.bucket(BUCKET).key("large"))
                        .asByteArray())
                .isEqualTo(bytes);
        assertThat(store().head(place).token()).isEqualTo(terms.token());
    }

    @Test
    void an_upload_does_not_replace_an_object_either() {
        put("taken", "first");
        ObjectPlace place = place("taken");
        String upload = store().createUpload(place, terms);
        UploadedPart part = part(place, upload, 1, "second".getBytes(UTF_8));

        assertFailure(() -> store().completeUpload(place, upload, List.of(part), terms), ServiceFailure.Kind.EXISTS);
        assertThat(text("taken", 0, -1)).isEqualTo("first");
    }

    @Test
    void an_aborted_upload_is_not_known_any_more() {
        ObjectPlace place = place("aborted");
        String upload = store().createUpload(place, terms);
        UploadedPart part = part(place, upload, 1, "part".getBytes(UTF_8));

        store().abortUpload(place, upload);

        assertFailure(() -> store().completeUpload(place, upload, List.of(part), terms), ServiceFailure.Kind.ABSENT);
    }

    private ObjectStore store() {
        return store(server);
    }

    private static ObjectPlace place(String key) {
        return new ObjectPlace(BUCKET, key);
    }

    private void put(String key, String text) {
        put(key, text, terms);
    }

    private void put(String key, String text, UploadTerms terms) {
        byte[] bytes = text.getBytes(UTF_8);
        store().put(place(key), ObjectSource.of(bytes), sha256(bytes), terms);
    }

    private UploadedPart part(ObjectPlace place, String upload, int number, byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        byte[] checksum = ByteBuffer.allocate(4).putInt((int) crc.getValue()).array();
        return store().uploadPart(
                        place,
                        upload,
                        number,
                        ObjectSource.of(bytes),
                        Base64.getEncoder().encodeToString(checksum));
    }

    private String text(String key, long from, long length) {
        byte[] buffer = new byte[100];
        int bytes = 0;
        try (ObjectContent content = store().get(place(key), from, length, null)) {
            for (int read = 0; read >= 0; read = content.read(buffer, bytes, buffer.length - bytes)) {
                bytes += read;
            }
        }
        return new String(buffer, 0, bytes, UTF_8);
    }

    private static void assertFailure(Runnable call, ServiceFailure.Kind kind) {
        assertThatThrownBy(call::run)
                .isInstanceOfSatisfying(
                        ServiceFailure.class,
                        e -> assertThat(e.kind()).as(e.getMessage()).isEqualTo(kind));
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
