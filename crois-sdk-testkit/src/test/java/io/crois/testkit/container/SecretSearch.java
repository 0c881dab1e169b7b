package io.crois.testkit.container;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Looks for the secret of the steps wherever something of them can be read. */
final class SecretSearch {
    private static final String SECRET = ContainerWorld.SECRET;
    private static final int PIECE = 1 << 20;

    /** The bytes of the value, of its Base64 and of its URL-encoded form, each byte a character. */
    private static final List<String> FORMS = Stream.of(
                    SECRET,
                    Base64.getEncoder().encodeToString(SECRET.getBytes(UTF_8)).replace("=", ""),
                    Base64.getUrlEncoder()
                            .encodeToString(SECRET.getBytes(UTF_8))
                            .replace("=", ""),
                    URLEncoder.encode(SECRET, UTF_8))
            .map(form -> new String(form.getBytes(UTF_8), ISO_8859_1))
            .toList();

    private static final int LONGEST =
            FORMS.stream().mapToInt(String::length).max().orElseThrow();

    private final Set<String> finds = new TreeSet<>();
    private int size;

    /** Reads the command lines of all processes, and the environments of those that are not a step's command. */
    SecretSearch processes() {
        ProcessHandle.allProcesses().map(ProcessHandle::pid).forEach(this::process);
        return this;
    }

    /** Reads what all steps so far have printed, written to the table and stored, and the files that they left. */
    SecretSearch remains(ContainerWorld world) throws IOException {
        world.printed().forEach((name, printed) -> look("output of " + name, printed.getBytes(UTF_8)));
        items(world);
        objects(world);
        files(world.volume().resolve("work"));
        try (DirectoryStream<Path> left = Files.newDirectoryStream(Path.of("/dev/shm"), "crois-*")) {
            for (Path path : left) {
                files(path);
            }
        }
        return this;
    }

    /** Returns how many places were read. */
    int size() {
        return size;
    }

    /** Returns the places where the secret, its Base64 or its URL-encoded form stands. */
    Set<String> finds() {
        return finds;
    }

    /** The command itself has the secret in its environment, where the author wants it; nobody else may. */
    private void process(long pid) {
        Path folder = Path.of("/proc", Long.toString(pid));
        for (String name : List.of("cmdline", "environ")) {
            try {
                byte[] content = Files.readAllBytes(folder.resolve(name));
                if (name.equals("cmdline") || !new String(content, ISO_8859_1).contains("CROIS_SECRETS=")) {
                    look(folder + "/" + name, content);
                }
            } catch (IOException ended) {
                // A process may end while it is looked at.
            }
        }
    }

    private void items(ContainerWorld world) {
        world.services
                .dynamoDb
                .scanPaginator(request -> request.tableName("crois"))
                .items()
                .forEach(item -> look(
                        "item " + item.get("pk") + item.get("sk"),
                        item.toString().getBytes(UTF_8)));
    }

    private void objects(ContainerWorld world) throws IOException {
        for (S3Object object : world.services
                .s3
                .listObjectsV2Paginator(request -> request.bucket("crois"))
                .contents()) {
            try (InputStream content =
                    world.services.s3.getObject(get -> get.bucket("crois").key(object.key()))) {
                look("object " + object.key(), content);
            }
        }
    }

    /** What is removed meanwhile is left out. */
    private void files(Path folder) throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (attributes.isRegularFile()) {
                    try (InputStream content = Files.newInputStream(file)) {
                        look("file " + file, content);
                    } catch (IOException gone) {
                        return FileVisitResult.CONTINUE;
                    }
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException gone) {
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException gone) {
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private void look(String place, byte[] content) {
        try {
            look(place, new ByteArrayInputStream(content));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** Looks through content of any length, a piece at a time, each with the end of the one before. */
    private void look(String place, InputStream content) throws IOException {
        size++;
        String end = "";
        for (byte[] piece = content.readNBytes(PIECE); piece.length > 0; piece = content.readNBytes(PIECE)) {
            String text = end + new String(piece, ISO_8859_1);
            if (FORMS.stream().anyMatch(text::contains)) {
                finds.add(place);
            }
            end = text.substring(Math.max(0, text.length() - LONGEST));
        }
    }
}
