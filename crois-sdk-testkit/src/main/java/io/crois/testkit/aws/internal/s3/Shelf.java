package io.crois.testkit.aws.internal.s3;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Where buckets and objects lie. Thread-safe; whoever changes what he has looked at does so {@link #exclusively}. */
public interface Shelf {

    /** Runs work while nobody else changes anything, neither in this process nor in another one on the same shelf. */
    <T> T exclusively(Supplier<T> work);

    /** Returns the buckets in the order of their names, each with the time of its creation. */
    Map<String, Instant> buckets();

    /** Says whether there is a bucket of this name. */
    default boolean hasBucket(String bucket) {
        return buckets().containsKey(bucket);
    }

    /** Adds an empty bucket. */
    void createBucket(String bucket, Instant time);

    /** Removes an empty bucket. */
    void deleteBucket(String bucket);

    /** Returns the keys of a bucket that begin with a prefix, in the order in which the service lists them. */
    Stream<String> keys(String bucket, String prefix);

    /** Returns what is known of an object, or {@code null} when there is none. */
    @Nullable
    StoredObject find(String bucket, String key);

    /** Opens an object's bytes, together with what is known of it; {@code null} when there is none. */
    @Nullable
    Opened open(String bucket, String key) throws IOException;

    /** Takes in bytes that belong to no object yet. */
    Blob receive(InputStream bytes) throws IOException;

    /** Puts an object over an earlier one, as a whole; the bytes belong to the shelf from then on. */
    void put(String bucket, StoredObject object, Blob bytes);

    /** Removes an object; does nothing when there is none. */
    void delete(String bucket, String key);

    /** Bytes that belong to no object yet; closing it drops them, unless they were put. */
    interface Blob extends AutoCloseable {

        /** Opens the bytes from the beginning. */
        InputStream open() throws IOException;

        @Override
        void close();
    }

    /** An object whose bytes are open; the reader closes them. */
    record Opened(StoredObject object, InputStream bytes) {}
}
