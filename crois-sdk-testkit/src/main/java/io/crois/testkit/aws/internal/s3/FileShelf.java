package io.crois.testkit.aws.internal.s3;

import io.crois.contract.Json;
import io.crois.testkit.aws.internal.FileMutex;
import io.crois.testkit.aws.internal.dynamodb.Journal;
import io.crois.testkit.aws.internal.dynamodb.TableDefinition;
import io.crois.testkit.aws.internal.dynamodb.TableStore;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Keeps objects in a folder: their bytes as files, everything else in a journal. An object appears, is replaced and
 * vanishes with one line of the journal, so that a process that is killed leaves it whole; the bytes that nothing
 * refers to then are removed a day later. Several processes may use the same folder.
 */
public final class FileShelf implements Shelf, Closeable {

    private static final String BUCKETS = "buckets";
    private static final String OBJECTS = "objects";
    private static final Duration ABANDONED = Duration.ofDays(1);

    private final Path objects;
    private final Path incoming;
    private final FileMutex mutex;
    private final TableStore index;

    private FileShelf(Path folder, FileMutex mutex, TableStore index) {
        this.objects = folder.resolve("objects");
        this.incoming = folder.resolve("incoming");
        this.mutex = mutex;
        this.index = index;
    }

    /**
     * Opens the shelf of a folder and creates both where they are missing.
     *
     * @throws UncheckedIOException if the folder cannot be written
     */
    public static FileShelf open(Path folder) {
        try {
            Files.createDirectories(folder);
            Path real = folder.toRealPath();
            FileShelf shelf = new FileShelf(
                    real,
                    FileMutex.open(real.resolve("objects.mutex")),
                    TableStore.over(Journal.open(real, "objects")));
            shelf.prepare();
            return shelf;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void prepare() throws IOException {
        Files.createDirectories(objects);
        Files.createDirectories(incoming);
        index.write(commit -> {
            if (!commit.names().contains(OBJECTS)) {
                commit.create(new TableDefinition(BUCKETS, "bucket", "S", null, null, 0));
                commit.create(new TableDefinition(OBJECTS, "bucket", "S", "key", "S", 0));
            }
            return true;
        });
        Instant before = Instant.now().minus(ABANDONED);
        try (Stream<Path> files = Files.list(incoming)) {
            for (Path file : files.toList()) {
                if (Files.getLastModifiedTime(file).toInstant().isBefore(before)) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    @Override
    public <T> T exclusively(Supplier<T> work) {
        try (FileMutex.Holding held = mutex.hold()) {
            return work.get();
        }
    }

    @Override
    public Map<String, Instant> buckets() {
        return index.read(view -> {
            Map<String, Instant> buckets = new TreeMap<>();
            view.table(BUCKETS)
                    .scanAfter(null)
                    .forEachRemaining(item -> buckets.put(text(item, "bucket"), Instant.parse(text(item, "created"))));
            return buckets;
        });
    }

    @Override
    public void createBucket(String bucket, Instant time) {
        write(commit -> commit.put(
                BUCKETS,
                Map.of("bucket", AttributeValue.fromS(bucket), "created", AttributeValue.fromS(time.toString()))));
    }

    @Override
    public void deleteBucket(String bucket) {
        write(commit -> commit.delete(BUCKETS, Map.of("bucket", AttributeValue.fromS(bucket))));
    }

    @Override
    public Stream<String> keys(String bucket, String prefix) {
        List<String> keys = index.read(view -> view
                .table(OBJECTS)
                .partition(AttributeValue.fromS(bucket))
                .tailMap(AttributeValue.fromS(prefix), true)
                .keySet()
                .stream()
                .map(AttributeValue::s)
                .takeWhile(key -> key.startsWith(prefix))
                .toList());
        return keys.stream();
    }

    @Override
    public @Nullable StoredObject find(String bucket, String key) {
        Map<String, AttributeValue> item = item(bucket, key);
        return item == null ? null : object(item);
    }

    @Override
    public @Nullable Opened open(String bucket, String key) throws IOException {
        while (true) {
            Map<String, AttributeValue> item = item(bucket, key);
            if (item == null) {
                return null;
            }
            Path file = objects.resolve(text(item, "file"));
            try {
                return new Opened(object(item), Files.newInputStream(file));
            } catch (NoSuchFileException replaced) {
                if (item.equals(item(bucket, key))) {
                    throw replaced;
                }
            }
        }
    }

    @Override
    public Blob receive(InputStream bytes) throws IOException {
        FileBlob blob = new FileBlob(incoming.resolve(UUID.randomUUID().toString()));
        try {
            Files.copy(bytes, blob.file());
            return blob;
        } catch (IOException | RuntimeException e) {
            blob.close();
            throw e;
        }
    }

    @Override
    public void put(String bucket, StoredObject object, Blob bytes) {
        Path received = ((FileBlob) bytes).file();
        String name = received.getFileName().toString();
        try {
            Files.move(received, objects.resolve(name));
            replace(
                    bucket,
                    object.key(),
                    commit -> commit.put(
                            OBJECTS,
                            Map.of(
                                    "bucket", AttributeValue.fromS(bucket),
                                    "key", AttributeValue.fromS(object.key()),
                                    "file", AttributeValue.fromS(name),
                                    "object", AttributeValue.fromS(Json.write(object)))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void delete(String bucket, String key) {
        try {
            replace(bucket, key, commit -> commit.delete(OBJECTS, key(bucket, key)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Changes the entry of an object, then removes the bytes that it had. */
    private void replace(String bucket, String key, Change change) throws IOException {
        Map<String, AttributeValue> earlier = index.write(commit -> {
            Map<String, AttributeValue> item = commit.table(OBJECTS).get(key(bucket, key));
            change.make(commit);
            return item == null ? Map.<String, AttributeValue>of() : item;
        });
        if (!earlier.isEmpty()) {
            Files.deleteIfExists(objects.resolve(text(earlier, "file")));
        }
    }

    @Override
    public void close() {
        index.close();
        try {
            mutex.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(Change change) {
        index.write(commit -> {
            change.make(commit);
            return true;
        });
    }

    private @Nullable Map<String, AttributeValue> item(String bucket, String key) {
        Map<String, AttributeValue> item = index.read(view -> {
            Map<String, AttributeValue> found = view.table(OBJECTS).get(key(bucket, key));
            return found == null ? Map.<String, AttributeValue>of() : found;
        });
        return item.isEmpty() ? null : item;
    }

    private static Map<String, AttributeValue> key(String bucket, String key) {
        return Map.of("bucket", AttributeValue.fromS(bucket), "key", AttributeValue.fromS(key));
    }

    private static StoredObject object(Map<String, AttributeValue> item) {
        return Json.read(text(item, "object"), StoredObject.class);
    }

    private static String text(Map<String, AttributeValue> item, String name) {
        AttributeValue value = item.get(name);
        if (value == null) {
            throw new IllegalStateException("The store of objects has an entry without `" + name + "`.");
        }
        return value.s();
    }

    /** A change of the index. */
    private interface Change {
        void make(TableStore.Commit commit);
    }

    private record FileBlob(Path file) implements Blob {

        @Override
        public InputStream open() throws IOException {
            return Files.newInputStream(file);
        }

        @Override
        public void close() {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
