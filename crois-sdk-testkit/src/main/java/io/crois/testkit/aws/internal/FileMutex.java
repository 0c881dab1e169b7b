package io.crois.testkit.aws.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Mutual exclusion of threads and of processes by a lock on a file, which the system takes back when its process ends.
 * Reentrant.
 */
public final class FileMutex implements AutoCloseable {

    /** A process cannot lock a file twice, so that its threads exclude one another before. */
    private static final ConcurrentHashMap<Path, ReentrantLock> LOCKS = new ConcurrentHashMap<>();

    private final FileChannel file;
    private final ReentrantLock threads;
    private @Nullable FileLock held;

    private FileMutex(FileChannel file, ReentrantLock threads) {
        this.file = file;
        this.threads = threads;
    }

    /**
     * Opens the lock of a file; creates the file, not its folder.
     *
     * @param path absolute, without links, so that equal files have equal paths
     */
    public static FileMutex open(Path path) throws IOException {
        return new FileMutex(
                FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                LOCKS.computeIfAbsent(path, key -> new ReentrantLock()));
    }

    /** Waits for the lock and takes it. */
    public Holding hold() {
        threads.lock();
        try {
            if (threads.getHoldCount() == 1) {
                held = file.lock();
            }
            return this::release;
        } catch (IOException e) {
            threads.unlock();
            throw new UncheckedIOException(e);
        }
    }

    private void release() {
        try {
            FileLock lock = held;
            if (threads.getHoldCount() == 1 && lock != null) {
                held = null;
                lock.release();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            threads.unlock();
        }
    }

    @Override
    public void close() throws IOException {
        threads.lock();
        try {
            file.close();
        } finally {
            threads.unlock();
        }
    }

    /** The lock, held until it is closed. */
    @FunctionalInterface
    public interface Holding extends AutoCloseable {
        @Override
        void close();
    }
}
