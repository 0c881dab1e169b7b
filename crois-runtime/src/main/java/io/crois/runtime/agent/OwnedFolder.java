package io.crois.runtime.agent;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A folder that is gone when its owner is: at the latest when the next one is made beside it. As long as the owner
 * lives it holds a lock on a file beside the folder, which the kernel takes from it however it ends. Only its user may
 * look into it.
 */
final class OwnedFolder implements AutoCloseable {
    private static final String LOCK = ".lock";
    private static final int RADIX = 36;
    private static final int PASSES = 200;
    private static final long PAUSE_NANOS = 5_000_000;

    /**
     * The lock files of this process. It must not even open one again: as soon as it closed that, the kernel would take
     * its lock from it, and others would take the folder for abandoned.
     */
    private static final Set<Path> OWN = ConcurrentHashMap.newKeySet();

    private final Path path;
    private final Path lock;
    private final FileChannel held;

    private OwnedFolder(Path path, Path lock, FileChannel held) {
        this.path = path;
        this.lock = lock;
        this.held = held;
    }

    /** Makes a folder whose name begins so, after those were removed there whose owners have died. */
    static OwnedFolder create(Path parent, String prefix) throws IOException {
        Path real = parent.toRealPath();
        removeAbandoned(real, prefix);
        for (long number = System.nanoTime(); ; number++) {
            String name = prefix + ProcessHandle.current().pid() + "-" + Long.toString(number, RADIX);
            Path lock = real.resolve(name + LOCK);
            FileChannel held = OWN.add(lock) ? locked(lock) : null;
            if (held != null) {
                return create(parent.resolve(name), lock, held);
            }
        }
    }

    /** Returns nothing if the file is another's, or was taken for an abandoned one before it was locked. */
    private static @Nullable FileChannel locked(Path lock) throws IOException {
        FileChannel held = null;
        boolean ours = false;
        try {
            held = FileChannel.open(lock, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            held.lock();
            ours = Files.exists(lock, LinkOption.NOFOLLOW_LINKS);
            return ours ? held : null;
        } catch (FileAlreadyExistsException e) {
            return null;
        } finally {
            if (!ours) {
                release(lock, held);
            }
        }
    }

    private static OwnedFolder create(Path path, Path lock, FileChannel held) throws IOException {
        try {
            Files.createDirectory(
                    path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            return new OwnedFolder(path, lock, held);
        } catch (IOException | RuntimeException e) {
            release(lock, held);
            throw e;
        }
    }

    private static void release(Path lock, @Nullable FileChannel held) throws IOException {
        try {
            if (held != null) {
                held.close();
            }
        } finally {
            OWN.remove(lock);
        }
    }

    private static void removeAbandoned(Path parent, String prefix) {
        String[] names = parent.toFile().list();
        for (String name : names == null ? new String[0] : names) {
            Path lock = parent.resolve(name);
            if (name.startsWith(prefix) && name.endsWith(LOCK) && !OWN.contains(lock)) {
                removeUnlessOwned(parent.resolve(name.substring(0, name.length() - LOCK.length())), lock);
            }
        }
    }

    /** What cannot be removed, as another user's, stays. */
    private static void removeUnlessOwned(Path path, Path lock) {
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
            if (channel.tryLock() != null) {
                delete(path);
                Files.deleteIfExists(lock);
            }
        } catch (IOException | OverlappingFileLockException owned) {
            // Its owner lives, or it is not ours.
        }
    }

    Path path() {
        return path;
    }

    @Override
    public void close() throws IOException {
        try {
            delete(path);
            Files.deleteIfExists(lock);
        } finally {
            release(lock, held);
        }
    }

    /** Work that was left alone when an attempt was stopped may still write here for a moment. */
    private static void delete(Path folder) throws IOException {
        for (int pass = 1; Files.exists(folder, LinkOption.NOFOLLOW_LINKS); pass++) {
            try {
                Files.walkFileTree(folder, new Deletion());
            } catch (DirectoryNotEmptyException | NoSuchFileException changed) {
                if (pass == PASSES) {
                    throw changed;
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    private static final class Deletion extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure) throws IOException {
            Files.delete(folder);
            return FileVisitResult.CONTINUE;
        }
    }
}
