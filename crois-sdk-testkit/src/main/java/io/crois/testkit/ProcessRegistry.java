package io.crois.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * Which processes work on a store: each holds a lock on a file of its own for as long as it lives, which the system
 * takes back however it ends.
 */
final class ProcessRegistry implements AutoCloseable {
    private final Path folder;
    private final String id;
    private final FileChannel file;

    private ProcessRegistry(Path folder, String id, FileChannel file) {
        this.folder = folder;
        this.id = id;
        this.file = file;
    }

    /** Enters this process. */
    static ProcessRegistry enter(Path store) {
        try {
            Path folder = Files.createDirectories(store.resolve("processes"));
            String id = UUID.randomUUID().toString().substring(0, 8);
            FileChannel file =
                    FileChannel.open(lockFile(folder, id), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            file.lock();
            return new ProcessRegistry(folder, id, file);
        } catch (IOException e) {
            throw new UncheckedIOException("The store at " + store + " cannot be written.", e);
        }
    }

    String id() {
        return id;
    }

    /** Says whether a process still holds its lock; removes the file of one that does not. */
    boolean isAlive(String process) {
        Path path = lockFile(folder, process);
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            if (lock == null) {
                return true;
            }
            Files.deleteIfExists(path);
            return false;
        } catch (NoSuchFileException gone) {
            return false;
        } catch (OverlappingFileLockException withinThisProcess) {
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(lockFile(folder, id));
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path lockFile(Path folder, String id) {
        return folder.resolve(id + ".lock");
    }
}
