package io.crois.testkit.container;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Looks for the secret of the steps wherever something of them can be read. */
final class SecretSearch {
    private static final String SECRET = ContainerWorld.SECRET;

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

    private final Map<String, String> places = new TreeMap<>();

    /** Reads the command lines of all processes, and the environments of those that are not a step's command. */
    SecretSearch processes() throws IOException {
        places.putAll(inProcesses());
        return this;
    }

    /** Reads what all steps so far have printed, written to the table and stored, and the files that they left. */
    SecretSearch remains(ContainerWorld world) throws IOException {
        world.printed().forEach((name, printed) -> places.put("output of " + name, latin(printed)));
        places.putAll(items(world));
        places.putAll(objects(world));
        places.putAll(files(world.volume().resolve("work")));
        try (DirectoryStream<Path> left = Files.newDirectoryStream(Path.of("/dev/shm"), "crois-*")) {
            for (Path path : left) {
                places.putAll(files(path));
            }
        }
        return this;
    }

    /** Returns how many places were read. */
    int size() {
        return places.size();
    }

    /** Returns the places where the secret, its Base64 or its URL-encoded form stands. */
    List<String> finds() {
        return places.entrySet().stream()
                .filter(place -> FORMS.stream().anyMatch(place.getValue()::contains))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** The command itself has the secret in its environment, where the author wants it; nobody else may. */
    private static Map<String, String> inProcesses() throws IOException {
        Map<String, String> found = new TreeMap<>();
        for (ProcessHandle process : ProcessHandle.allProcesses().toList()) {
            Path folder = Path.of("/proc", Long.toString(process.pid()));
            for (String file : List.of("cmdline", "environ")) {
                String content = read(folder.resolve(file));
                if (file.equals("cmdline") || !content.contains("CROIS_SECRETS=")) {
                    found.put(folder + "/" + file, content);
                }
            }
        }
        return found;
    }

    private static Map<String, String> items(ContainerWorld world) {
        Map<String, String> found = new TreeMap<>();
        world.services
                .dynamoDb
                .scanPaginator(request -> request.tableName("crois"))
                .items()
                .forEach(item -> found.put("item " + item.get("pk") + item.get("sk"), latin(item.toString())));
        return found;
    }

    private static Map<String, String> objects(ContainerWorld world) {
        Map<String, String> found = new TreeMap<>();
        world.services.s3.listObjectsV2Paginator(request -> request.bucket("crois")).contents().stream()
                .map(object -> object.key())
                .forEach(key -> found.put(
                        "object " + key,
                        new String(
                                world.services
                                        .s3
                                        .getObjectAsBytes(
                                                get -> get.bucket("crois").key(key))
                                        .asByteArray(),
                                ISO_8859_1)));
        return found;
    }

    /** What is removed meanwhile is left out. */
    private static Map<String, String> files(Path folder) throws IOException {
        Map<String, String> found = new TreeMap<>();
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (attributes.isRegularFile()) {
                    found.put("file " + file, read(file));
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
        return found;
    }

    /** A process may end while it is looked at. */
    private static String read(Path file) {
        try {
            return new String(Files.readAllBytes(file), ISO_8859_1);
        } catch (IOException gone) {
            return "";
        }
    }

    private static String latin(String text) {
        return new String(text.getBytes(UTF_8), ISO_8859_1);
    }
}
