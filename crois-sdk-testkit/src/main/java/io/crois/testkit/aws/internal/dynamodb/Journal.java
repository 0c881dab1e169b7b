package io.crois.testkit.aws.internal.dynamodb;

import io.crois.testkit.aws.internal.FileMutex;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.function.Consumer;

/**
 * Commits as lines of a file that several processes append to and read.
 *
 * <p>A line is written in one piece under a lock on a file beside it; a process that is killed while it writes leaves a
 * line without its end, which nobody reads and the next writer cuts off. A commit is therefore there as a whole or not
 * at all. It survives the process, but not a loss of power that comes before the system has written it to disk.
 */
public final class Journal implements AutoCloseable {

    private static final int CHUNK = 1 << 20;

    private final FileChannel file;
    private final FileMutex mutex;
    private final ChangeCodec codec = new ChangeCodec();
    private long offset;

    private Journal(FileChannel file, FileMutex mutex) {
        this.file = file;
        this.mutex = mutex;
    }

    /**
     * Opens a journal in a folder and creates both where they are missing.
     *
     * @param name of its file, without the ending
     * @throws UncheckedIOException if the folder cannot be written
     */
    public static Journal open(Path folder, String name) {
        try {
            Files.createDirectories(folder);
            Path path = folder.toRealPath().resolve(name + ".jsonl");
            return new Journal(
                    FileChannel.open(
                            path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
                    FileMutex.open(path.resolveSibling(name + ".lock")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Gives everything that was committed since the last call, by whomever, to the consumer. */
    void refresh(Consumer<Change> consumer) {
        try {
            long size = file.size();
            while (offset < size) {
                int read = readLines(size, consumer);
                if (read == 0) {
                    return;
                }
                offset += read;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int readLines(long size, Consumer<Change> consumer) throws IOException {
        for (long length = CHUNK; ; length *= 2) {
            byte[] bytes = read((int) Math.min(Math.min(length, size - offset), Integer.MAX_VALUE - 8));
            int start = 0;
            for (int i = 0; i < bytes.length; i++) {
                if (bytes[i] == '\n') {
                    codec.read(bytes, start, i - start).forEach(consumer);
                    start = i + 1;
                }
            }
            if (start > 0 || bytes.length >= size - offset) {
                return start;
            }
        }
    }

    private byte[] read(int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length);
        while (buffer.hasRemaining() && file.read(buffer, offset + buffer.position()) > 0) {
            continue;
        }
        byte[] bytes = new byte[buffer.position()];
        buffer.flip().get(bytes);
        return bytes;
    }

    /** Begins a commit: nobody else writes until {@link Writing#close}. */
    Writing lock() {
        return new Writing(mutex.hold());
    }

    @Override
    public void close() {
        try (file;
                mutex) {
            // Both are open until here.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The right to append. */
    final class Writing implements AutoCloseable {

        private final FileMutex.Holding holding;

        private Writing(FileMutex.Holding holding) {
            this.holding = holding;
        }

        /** Appends one commit; the journal must have been refreshed under this lock. */
        void append(List<Change> changes) {
            try {
                file.truncate(offset);
                ByteBuffer line = ByteBuffer.wrap(codec.write(changes));
                long position = offset;
                while (line.hasRemaining()) {
                    position += file.write(line, position);
                }
                offset = position;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() {
            holding.close();
        }
    }
}
