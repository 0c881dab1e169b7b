package io.crois.testkit.aws.internal.s3;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Keeps everything on the heap. */
public final class MemoryShelf implements Shelf {

    private final ReentrantLock lock = new ReentrantLock();
    private final NavigableMap<String, Instant> buckets = new ConcurrentSkipListMap<>();
    private final Map<String, NavigableMap<String, Entry>> objects = new ConcurrentSkipListMap<>();

    private record Entry(StoredObject object, byte[] bytes) {}

    private record Bytes(byte[] bytes) implements Blob {

        @Override
        public InputStream open() {
            return new ByteArrayInputStream(bytes);
        }

        @Override
        public void close() {
            // The collector of garbage does it.
        }
    }

    @Override
    public <T> T exclusively(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Map<String, Instant> buckets() {
        return Collections.unmodifiableMap(buckets);
    }

    @Override
    public void createBucket(String bucket, Instant time) {
        objects.put(bucket, new ConcurrentSkipListMap<>(KeyOrder.BY_BYTES));
        buckets.put(bucket, time);
    }

    @Override
    public void deleteBucket(String bucket) {
        buckets.remove(bucket);
        objects.remove(bucket);
    }

    @Override
    public Stream<String> keys(String bucket, String prefix) {
        return entries(bucket).tailMap(prefix).keySet().stream().takeWhile(key -> key.startsWith(prefix));
    }

    @Override
    public @Nullable StoredObject find(String bucket, String key) {
        Entry entry = entries(bucket).get(key);
        return entry == null ? null : entry.object();
    }

    @Override
    public @Nullable Opened open(String bucket, String key) {
        Entry entry = entries(bucket).get(key);
        return entry == null ? null : new Opened(entry.object(), new ByteArrayInputStream(entry.bytes()));
    }

    @Override
    public Blob receive(InputStream bytes) throws IOException {
        return new Bytes(bytes.readAllBytes());
    }

    @Override
    public void put(String bucket, StoredObject object, Blob bytes) {
        entries(bucket).put(object.key(), new Entry(object, ((Bytes) bytes).bytes()));
    }

    @Override
    public void delete(String bucket, String key) {
        entries(bucket).remove(key);
    }

    private NavigableMap<String, Entry> entries(String bucket) {
        return Objects.requireNonNullElse(objects.get(bucket), Collections.emptyNavigableMap());
    }
}
