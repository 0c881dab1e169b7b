package io.crois.testkit.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.crois.testkit.aws.internal.s3.FileShelf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

final class FileS3Test extends S3Contract {

    @TempDir
    private Path folder;

    @Override
    S3Client client() {
        return InMemoryS3Test.client(FileShelf.open(folder));
    }

    @Test
    void another_shelf_on_the_same_folder_sees_what_this_one_put() throws IOException {
        put("a", "first");

        try (FileShelf other = FileShelf.open(folder)) {
            S3Client s3 = InMemoryS3Test.client(other);
            assertThat(s3.getObjectAsBytes(request -> request.bucket(bucket()).key("a"))
                            .asUtf8String())
                    .isEqualTo("first");
            s3.putObject(request -> request.bucket(bucket()).key("a"), RequestBody.fromString("second"));
        }

        assertThat(get("a")).isEqualTo("second");
    }

    @Test
    void replaced_and_deleted_objects_leave_no_files() throws IOException {
        put("a", "first");
        put("a", "second");
        put("b", "third");
        s3().deleteObject(request -> request.bucket(bucket()).key("b"));

        try (Stream<Path> files = Files.list(folder.resolve("objects"))) {
            assertThat(files).singleElement().satisfies(file -> assertThat(file).hasContent("second"));
        }
        try (Stream<Path> files = Files.list(folder.resolve("incoming"))) {
            assertThat(files).isEmpty();
        }
        assertThat(catchThrowable(() -> get("b"))).isInstanceOf(NoSuchKeyException.class);
    }
}
