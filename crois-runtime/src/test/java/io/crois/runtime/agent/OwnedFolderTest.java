package io.crois.runtime.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OwnedFolderTest {
    @TempDir
    private Path parent;

    @Test
    void only_its_user_looks_into_it_and_nothing_is_left_when_it_is_closed() throws Exception {
        try (OwnedFolder folder = OwnedFolder.create(parent, "attempt-")) {
            Files.createDirectories(folder.path().resolve("a/b"));
            Files.writeString(folder.path().resolve("a/b/c"), "x");

            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.path())))
                    .isEqualTo("rwx------");
        }

        assertThat(content()).isEmpty();
    }

    @Test
    void folders_of_living_owners_stay() throws Exception {
        try (OwnedFolder one = OwnedFolder.create(parent, "attempt-");
                OwnedFolder other = OwnedFolder.create(parent, "attempt-")) {
            assertThat(one.path()).isDirectory().isNotEqualTo(other.path());
            assertThat(other.path()).isDirectory();
        }
    }

    @Test
    void many_threads_make_folders_at_once_and_none_is_taken_for_abandoned() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        Callable<Boolean> attempt = () -> {
            try (OwnedFolder folder = OwnedFolder.create(parent, "attempt-")) {
                return Files.isDirectory(folder.path());
            }
        };

        List<Future<Boolean>> made = threads.invokeAll(Collections.nCopies(2_000, attempt));
        threads.shutdown();

        for (Future<Boolean> each : made) {
            assertThat(each.get()).isTrue();
        }
        assertThat(content()).isEmpty();
    }

    @Test
    void folders_of_living_owners_stay_also_when_another_process_makes_its_own() throws Exception {
        try (OwnedFolder one = OwnedFolder.create(parent, "attempt-");
                OwnedFolder other = OwnedFolder.create(parent, "attempt-")) {
            Process neighbour = owner();
            try {
                assertThat(neighbour.inputReader().readLine()).contains("attempt-");
                assertThat(one.path()).isDirectory();
                assertThat(other.path()).isDirectory();
            } finally {
                neighbour.destroyForcibly().waitFor();
            }
        }
    }

    @Test
    void what_a_killed_owner_left_goes_when_the_next_folder_is_made() throws Exception {
        Process owner = owner();
        try {
            Path left = Path.of(owner.inputReader().readLine());
            OwnedFolder.create(parent, "attempt-").close();
            assertThat(left.resolve("secret")).exists();

            owner.destroyForcibly().waitFor();
            Path outside = Files.writeString(parent.resolve("outside"), "mine");
            Files.createSymbolicLink(left.resolve("link"), outside);
            OwnedFolder.create(parent, "attempt-").close();

            assertThat(content()).containsExactly("outside");
        } finally {
            owner.destroyForcibly();
        }
    }

    @Test
    void what_only_looks_like_one_stays() throws Exception {
        Path folder = Files.createDirectory(parent.resolve("attempt-1"));
        Path other = Files.createFile(parent.resolve("other-2.lock"));

        OwnedFolder.create(parent, "attempt-").close();

        assertThat(folder).exists();
        assertThat(other).exists();
    }

    @RepeatedTest(20)
    void it_goes_also_while_somebody_writes_into_it() throws Exception {
        OwnedFolder folder = OwnedFolder.create(parent, "attempt-");
        Path inner = Files.createDirectory(folder.path().resolve("inputs"));
        CountDownLatch writing = new CountDownLatch(1);
        Thread writer = new Thread(() -> {
            try {
                for (int i = 0; i < 300; i++) {
                    Files.createFile(inner.resolve("part-" + i));
                    writing.countDown();
                }
            } catch (IOException gone) {
                // As it should be.
            }
        });
        writer.start();
        writing.await();

        folder.close();
        writer.join();

        assertThat(content()).isEmpty();
    }

    private List<String> content() throws IOException {
        try (var all = Files.list(parent)) {
            return all.map(path -> path.getFileName().toString()).toList();
        }
    }

    private Process owner() throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin/java").toString();
        String classPath = Path.of(OwnedFolder.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .getPath()) + ":"
                + Path.of(Owner.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .getPath());
        return new ProcessBuilder(java, "-cp", classPath, Owner.class.getName(), parent.toString()).start();
    }

    /** Makes a folder, says where it is, and lives until it is killed. */
    static final class Owner {
        public static void main(String[] arguments) throws Exception {
            OwnedFolder folder = OwnedFolder.create(Path.of(arguments[0]), "attempt-");
            Files.writeString(folder.path().resolve("secret"), "x");
            System.out.println(folder.path());
            System.in.read();
        }
    }
}
